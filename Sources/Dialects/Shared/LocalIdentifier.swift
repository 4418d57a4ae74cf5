// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Ids of calls and streams: the platform's as they are, or made here.
enum LocalIdentifier {
    /// The longest id that is kept, in bytes.
    static let maximumBytes = 128

    /// `local-` and 32 hexadecimal digits, from two random numbers.
    static func make(_ random: () -> UInt64) -> String {
        let digits = [random(), random()].map { number in
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return "local-" + digits.joined()
    }

    /// A platform's id within bounds; nil when nothing is left of it.
    static func kept(_ id: String?) -> String? {
        guard let id = id?.prefixed(toBytes: maximumBytes), !id.isEmpty else { return nil }
        return id
    }
}
