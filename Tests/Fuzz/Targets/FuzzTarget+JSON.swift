// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import Foundation

extension FuzzTarget {
    /// JSON from the platform: what we take, a general parser takes too, and audio read in one pass is what it is otherwise.
    static let json = FuzzTarget(name: "json") { input in
        if let fault = faultOfScanner(input) { return fault }
        guard let value = try? JSONDocument.parse(input) else { return nil }
        // Foundation has no number beyond a Double, and it looks for encodings other than UTF-8.
        let hasExponent = input.contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        let hasLongNumber = input.split { !(0x30...0x39).contains($0) }.contains { $0.count > 300 }
        guard !hasExponent, !hasLongNumber, !input.contains(0) else { return nil }
        let others = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
        return others == nil ? "taken here and nowhere else: \(value)" : nil
    }

    private static func faultOfScanner(_ input: [UInt8]) -> String? {
        var media = MediaBuffer()
        guard let header = MediaScanner.scan(input.span, into: &media) else { return nil }
        guard var general = try? Dialect(name: .twilio) else { return "no dialect" }
        general.scansMedia = false
        guard let event = try? general.decode(text: input.span) else { return "scanned and not read" }
        guard event == .media(header) else { return "scanned as \(header), read as \(event)" }
        let isSame = media.withBytes { scanned in
            general.withMedia { read in
                scanned.count == read.count && scanned.indices.allSatisfy { scanned[$0] == read[$0] }
            }
        }
        return isSame ? nil : "scanned as other bytes"
    }
}
