// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Foundation
import TestSupport

/// What a one-pass reading made of a message, to be held against the general ones.
struct ScannedMedia: Equatable {
    var header: MediaHeader
    var bytes: [UInt8]

    /// What the scanner makes of a text; nil when it leaves it.
    static func scan(_ text: [UInt8]) -> ScannedMedia? {
        var media = MediaBuffer()
        guard let header = MediaScanner.scan(text.span, into: &media) else { return nil }
        return ScannedMedia(header: header, bytes: media.withBytes { bytes in bytes.indices.map { bytes[$0] } })
    }

    /// What a dialect that never scans makes of a text; nil when that is no audio.
    static func read(_ text: [UInt8], by dialect: inout Dialect) -> ScannedMedia? {
        dialect.scansMedia = false
        guard case .media(let header)? = try? dialect.decode(text: text.span) else { return nil }
        return ScannedMedia(header: header, bytes: dialect.media)
    }

    /// What Foundation's reading of the text says against this one; nil when they agree.
    func faultByFoundation(_ text: [UInt8]) -> String? {
        guard let message = FoundationJSON.parse(text) as? [String: Any] else { return "no object to Foundation" }
        guard message["event"] as? String == "media" else { return "another event" }
        guard let media = message["media"] as? [String: Any] else { return "no object of audio" }
        guard let payload = media["payload"] as? String else { return "no audio" }
        guard PlainBase64.decode(Array(payload.utf8)) == bytes else { return "other bytes" }
        for track in [media["track"], message["track"]] {
            if let track = track as? String, track.lowercased().hasPrefix("outbound") { return "the bot's own track" }
        }
        let sequence = ["sequenceNumber", "sequence_number"]
        let numbers = Self.numbers(sequence, media) ?? Self.numbers(sequence, message)
        guard Self.isOne(of: numbers, header.sequenceNumber.map(Int64.init)) else { return "another number" }
        let times = Self.numbers(["timestamp"], media) ?? Self.numbers(["timestamp"], message)
        return Self.isOne(of: times, header.timestamp) ? nil : "another time"
    }

    /// The numbers of these names; which of two counts is a question of their order, which Foundation does not keep.
    private static func numbers(_ names: [String], _ members: [String: Any]) -> [Int64]? {
        let found = names.compactMap { members[$0] }.compactMap { value -> Int64? in
            (value as? String).map { Int64($0) } ?? (value as? NSNumber)?.int64Value
        }
        return found.isEmpty ? nil : found
    }

    private static func isOne(of numbers: [Int64]?, _ number: Int64?) -> Bool {
        guard let numbers else { return number == nil }
        return number.map(numbers.contains) ?? false
    }
}
