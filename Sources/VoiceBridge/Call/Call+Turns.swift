// SPDX-License-Identifier: Apache-2.0

extension Call {
    /// Says that what stopped the bot was no more than a cough or an "uh-huh": goes on from the unheard rest.
    ///
    /// The rest is kept from ``Event/interrupted(_:)`` until the caller has spoken for the route's
    /// `barge_in.confirmation`, the bot says something else, or ``dropInterrupted()``. Nothing happens when nothing is
    /// kept. Playback goes on from the beginning of the word that was cut, when its place is known, or else from the last
    /// soft spot; the event ``Event/resumed`` says so.
    public func resume() { port.submit(.resume) }

    /// Says that what stopped the bot was meant: throws the unheard rest away, and answers who awaits it.
    public func dropInterrupted() { port.submit(.dropInterrupted) }

    /// Tells how far the answer to the caller's last turn has come, for ``Event/turnMeasured(_:)``.
    ///
    /// The first report of a stage within a turn counts.
    public func report(_ stage: TurnStage) { port.submit(.report(stage)) }

    /// Runs work that the caller waits for in silence, such as a look-up: nobody is idle until it is done.
    ///
    /// - Parameter work: the work; several may go on at once.
    /// - Returns: what the work returns.
    /// - Throws: what the work throws.
    public func working<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        port.submit(.beginWork)
        defer { port.submit(.endWork) }
        return try await work()
    }

    /// What the caller has heard of a playback's text, in whole words.
    ///
    /// Empty when the playback is not known (the last 64 are), has no text, or nothing of it was heard. Where its marks
    /// do not tell the place of a word, words are taken to be spread evenly over the audio between marks.
    ///
    /// - Parameter playback: of an ``Event/playback(_:_:)`` event.
    /// - Returns: the words, as the text has them.
    /// - Throws: ``CallError`` when the call is over; `CancellationError`.
    public func heardText(of playback: PlaybackID) async throws -> String {
        guard case .text(let text) = try await ask({ .heardText($0, playback) }) else { return "" }
        return text
    }
}
