// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// What IVR Solutions tells about a call in a callback.
package struct IVRSolutionsCallEvent: Sendable, Equatable {
    /// How far a call has come, in the order of a call's life.
    package enum Stage: Int, Sendable, Comparable {
        /// Placed.
        case initiated
        /// It rings.
        case ringing
        /// Answered.
        case inProgress
        /// On its way to somebody else.
        case transferring
        /// Over, one way or another.
        case over

        package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// The call, by the name that the socket's `start` has for it too (`call_id`).
    package let call: CallID
    /// The event as sent, such as `call.ringing`.
    package let name: String
    /// How far the call has come; nil for what does not move it, such as keys and recordings.
    package let stage: Stage?
    /// Every member of the callback that is text, a number or a flag.
    package let members: [String: String]

    /// A callback's body; nil when it names no call or no event.
    package init?(_ json: JSONValue) {
        guard case .object(let object) = json else { return nil }
        let members = object.compactMapValues(\.text)
        guard let call = members["call_id"] ?? members["call_sid"], !call.isEmpty,
            let name = members["event"] ?? members["status"]
        else { return nil }
        self.call = CallID(call)
        self.name = name
        self.members = members
        stage = Self.stages[name.hasPrefix("call.") ? String(name.dropFirst("call.".count)) : name]
    }

    private static let stages: [String: Stage] = [
        "initiated": .initiated, "ringing": .ringing, "in-progress": .inProgress, "transferring": .transferring,
        "completed": .over, "failed": .over, "busy": .over, "no-answer": .over, "canceled": .over,
    ]
}
