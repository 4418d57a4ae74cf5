// SPDX-License-Identifier: Apache-2.0

/// How a connection ended: code, words, and who began.
package struct CloseStatus: Sendable, Equatable {
    /// Which side's close frame, or whose absence, ended the connection.
    package enum Initiator: Sendable, Equatable {
        /// This side sent its close frame first.
        case local
        /// The peer sent its close frame first.
        case peer
        /// The transport ended without a close frame, or the peer went silent.
        case transport
    }

    /// The initiator's code; ``CloseCode/noStatus`` when its frame had none, ``CloseCode/abnormal`` without a frame.
    package var code: CloseCode
    /// The initiator's words, at most 123 bytes.
    package var reason: String
    /// Who began.
    package var initiator: Initiator

    /// Makes a status.
    package init(code: CloseCode, reason: String, initiator: Initiator) {
        self.code = code
        self.reason = reason
        self.initiator = initiator
    }
}
