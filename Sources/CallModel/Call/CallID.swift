// SPDX-License-Identifier: Apache-2.0

/// The name of one call within this installation: the platform's call id, or one of ours when it sent none.
///
/// Opaque, at most 128 bytes; it appears in logs, records and webhooks.
public struct CallID: Hashable, Sendable, CustomStringConvertible {
    /// The id as text.
    public let rawValue: String

    /// An id; text beyond 128 bytes is cut.
    public init(_ rawValue: String) { self.rawValue = rawValue.prefixed(toBytes: 128) }

    /// The id as text.
    public var description: String { rawValue }
}

extension String {
    /// The longest prefix of whole characters that takes at most `limit` bytes of UTF-8.
    package func prefixed(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var bytes = 0
        var end = startIndex
        while end < endIndex {
            let next = index(after: end)
            bytes += self[end..<next].utf8.count
            guard bytes <= limit else { break }
            end = next
        }
        return String(self[..<end])
    }
}
