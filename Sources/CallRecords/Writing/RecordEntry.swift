// SPDX-License-Identifier: Apache-2.0

/// Something to be written.
enum RecordEntry: Sendable {
    /// A call began.
    case began(CallBeginning)
    /// A call is over.
    case completed(CallCompletion)
    /// A call was let go without an end.
    case vanished(number: Int64, at: Int64)
}
