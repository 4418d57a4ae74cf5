// SPDX-License-Identifier: Apache-2.0
import Dialects
import Foundation

extension FuzzTarget {
    /// JSON from the platform: what we take, a general parser takes too.
    static let json = FuzzTarget(name: "json") { input in
        guard let value = try? JSONDocument.parse(input) else { return nil }
        // Foundation has no number beyond a Double, and it looks for encodings other than UTF-8.
        let hasExponent = input.contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        let hasLongNumber = input.split { !(0x30...0x39).contains($0) }.contains { $0.count > 300 }
        guard !hasExponent, !hasLongNumber, !input.contains(0) else { return nil }
        let others = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
        return others == nil ? "taken here and nowhere else: \(value)" : nil
    }
}
