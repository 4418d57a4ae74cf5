// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// What waits in a call's playback queue, in order.
///
/// An utterance lies beside its kind, not inside it, so that audio is appended to it in place.
struct PlaybackItem: Sendable {
    enum Kind: Sendable {
        /// Audio, in ``PlaybackItem/utterance``.
        case utterance
        /// Keys to press once everything before was heard.
        case digits(DTMFString, RequestID)
        /// The end of the call, once everything before was heard.
        case hangUp(EndReason, closeCode: UInt16)
        /// A transfer, once everything before was heard.
        case transfer(TransferTarget, RequestID)
    }

    let kind: Kind
    /// The audio of an item that has any.
    var utterance: Utterance?

    init(_ kind: Kind) { self.kind = kind }

    init(_ utterance: Utterance) {
        self.kind = .utterance
        self.utterance = utterance
    }

    /// Whether the call ends with it.
    var isLeaving: Bool {
        switch kind {
        case .utterance, .digits: false
        case .hangUp, .transfer: true
        }
    }

    /// Draws from the utterance, if there is one, until a frame is there; false when it has not enough.
    mutating func fill(_ audio: inout OutboundAudio) -> Bool {
        guard utterance?.fill(&audio) == true else { return false }
        return true
    }
}
