// SPDX-License-Identifier: Apache-2.0

/// A message of the server that is not audio.
public struct ReceivedCommand: Sendable, Equatable {
    /// The message's name, such as `audio.clear` or `mark`.
    public let type: String
    /// When it came, counted from `start`.
    public let time: Duration
    /// Its members as received, in order.
    public let fields: [PlainJSON.Member]

    /// The text under a key, if there is one.
    public subscript(key: String) -> String? {
        fields.first { $0.key == key }?.value.string
    }

    /// `type`, `at_ms` and the fields as received.
    var json: PlainJSON {
        var members = [
            PlainJSON.Member("type", .string(type)), PlainJSON.Member("at_ms", .integer(time.roundedMilliseconds)),
        ]
        members += fields.filter { $0.key != "type" && $0.key != "at_ms" }
        return .object(members)
    }
}
