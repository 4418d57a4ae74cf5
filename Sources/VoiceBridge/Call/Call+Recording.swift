// SPDX-License-Identifier: Apache-2.0

extension Call {
    /// What is recorded of the call, as its bot may govern it.
    public var recording: Recording { Recording(call: self) }

    /// What is recorded of a call.
    ///
    /// A pause keeps the recording's length: both sides are silent for as long, and nothing of that time is written anywhere.
    public struct Recording: Sendable {
        /// What a route offers.
        package enum Offer: Sendable {
            /// The call is not recorded.
            case none
            /// It is recorded, whether at once or after an announcement.
            case recorded
            /// It is recorded once the bot says that the caller agreed.
            case onConsent
        }

        let call: Call

        /// Whether the route records its calls; then ``pause()`` and ``resume()`` have an effect.
        public var isOffered: Bool { call.recordingOffer != .none }

        /// Whether nothing is recorded before ``begin()`` (`recording.consent: bot`).
        public var awaitsConsent: Bool { call.recordingOffer == .onConsent }

        /// Begins to record: the caller has agreed.
        ///
        /// Once is enough; a recording that goes on is not changed.
        ///
        /// - Throws: ``CallError`` when the route records nothing.
        public func begin() throws {
            guard isOffered else {
                throw CallError.invalid("the route records no calls: give `recording.folder` and have the route record")
            }
            call.port.submit(.record(.begin))
        }

        /// Records nothing of either side until ``resume()``; does nothing on a call that is not recorded.
        public func pause() { call.port.submit(.record(.pause)) }

        /// Records again.
        public func resume() { call.port.submit(.record(.resume)) }
    }
}

/// What a bot asks for about the recording.
package enum RecordingAction: Sendable, Equatable {
    /// The caller has agreed.
    case begin
    /// Record nothing for now.
    case pause
    /// Go on.
    case resume
}
