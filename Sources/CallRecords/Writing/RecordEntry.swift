// SPDX-License-Identifier: Apache-2.0

/// Something to be written.
enum RecordEntry: Sendable {
    /// Whether it is a call's last, with which its place is free.
    var isLast: Bool {
        switch self {
        case .completed, .vanished: true
        case .began, .recording, .recorded: false
        }
    }

    /// A call began.
    case began(CallBeginning)
    /// A call is over.
    case completed(CallCompletion)
    /// A call's audio is recorded under this name.
    case recording(number: Int64, name: String)
    /// A call's recording is complete: so many milliseconds, and whether nothing of it is missing.
    case recorded(number: Int64, milliseconds: Int64, isWhole: Bool)
    /// A call was let go without an end.
    case vanished(number: Int64, at: Int64)
}
