// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Faults that a scanner could have, each of which a comparison must see.
enum ScannerFault: CaseIterable, Sendable {
    case highNumber
    case noTime
    case turnedBit
    case looseEnd
    case controlCharacters
    case anyLetters

    /// Scans with this fault.
    func scan(_ text: [UInt8]) -> ScannedMedia? {
        let scanned = ScannedMedia.scan(text)
        switch self {
        case .highNumber: return scanned.map { changed($0) { $0.sequenceNumber = ($0.sequenceNumber ?? 0) + 1 } }
        case .noTime: return scanned.map { changed($0) { $0.timestamp = nil } }
        case .turnedBit:
            guard let scanned else { return nil }
            return ScannedMedia(header: scanned.header, bytes: scanned.bytes.map { $0 ^ 1 })
        case .looseEnd: return scanned ?? ScannedMedia.scan(text + [UInt8(ascii: "}")])
        case .controlCharacters: return ScannedMedia.scan(text.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 })
        case .anyLetters: return ScannedMedia.scan(text.map { $0 == UInt8(ascii: "M") ? UInt8(ascii: "m") : $0 })
        }
    }

    private func changed(_ scanned: ScannedMedia, _ change: (inout MediaHeader) -> Void) -> ScannedMedia {
        var header = scanned.header
        change(&header)
        return ScannedMedia(header: header, bytes: scanned.bytes)
    }
}
