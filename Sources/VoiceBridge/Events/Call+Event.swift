// SPDX-License-Identifier: Apache-2.0

public import CallModel

extension Call {
    /// What happens on a call, in the order in which it happened.
    public enum Event: Sendable, Equatable {
        /// The caller's audio, in the bot's format.
        case audio(AudioChunk)
        /// The caller pressed a key; the duration when the platform tells it.
        case digit(DTMFDigit, duration: Duration?)
        /// The caller began to speak.
        case speechStarted
        /// The caller fell silent.
        case speechEnded
        /// The caller's turn is over: the bot may answer.
        case turnEnded(Turn)
        /// The caller's speech or key stopped the bot, when this much had been heard of all it said.
        ///
        /// After speech it may yet be taken back: ``resumed`` follows when it was only a cough.
        case interrupted(HeardAudio)
        /// What stopped the bot was no speech: it goes on where it was stopped.
        case resumed
        /// Nobody has made a sound for the route's `turn.idle`, so many times in a row without a sound of the caller's.
        case idle(Int)
        /// The caller hears the answer to a turn: where the time between them went.
        case turnMeasured(TurnTimings)
        /// A playback began or ended.
        case playback(PlaybackID, PlaybackEvent)
        /// Who answered, after ``Call/detectAnswering(_:)``; more than one may come.
        case answering(AnsweringVerdict)
        /// The call is over; the last event.
        case ended(EndReason)
    }

    /// What happened to a playback.
    public enum PlaybackEvent: Sendable, Equatable {
        /// Its first frame was given to the platform.
        case started
        /// It ended.
        case ended(PlaybackOutcome)
    }

    /// The events of a call, for one consumer.
    ///
    /// Audio that is not taken in time is bounded at 2 s: the oldest is dropped, and counted in the call's record. All
    /// other events are kept, up to 256; a bot that lets more pile up loses its call with the reason `bot_too_slow`.
    public struct Events: AsyncSequence, Sendable {
        /// An event of the call.
        public typealias Element = Event
        /// Events end; they do not fail.
        public typealias Failure = Never

        package let inbox: CallInbox
        package let port: any CallPort

        /// Iterates the events.
        public struct Iterator: AsyncIteratorProtocol {
            fileprivate let inbox: CallInbox
            fileprivate let port: any CallPort

            /// The next event, or nil after ``Call/Event/ended(_:)`` or when the task is cancelled.
            public mutating func next() async -> Event? {
                noted(await inbox.nextEvent())
            }

            /// The next event, or nil after ``Call/Event/ended(_:)`` or when the task is cancelled.
            public mutating func next(isolation actor: isolated (any Actor)?) async -> Event? {
                noted(await inbox.nextEvent())
            }

            private func noted(_ event: Event?) -> Event? {
                if case .turnEnded = event { port.submit(.tookTurn) }
                return event
            }
        }

        /// Begins to listen.
        ///
        /// Audio kept since the start of the call, up to 2 s, comes first.
        public func makeAsyncIterator() -> Iterator {
            if inbox.beginListening() { port.submit(.listen) }
            return Iterator(inbox: inbox, port: port)
        }
    }
}
