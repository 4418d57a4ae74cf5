// SPDX-License-Identifier: Apache-2.0
package import VoiceBridgeTesting

/// What is to be put on a server.
package struct LoadPlan: Sendable {
    /// What the bot is expected to do.
    package enum Expectation: String, Sendable, CaseIterable {
        /// It says back what it hears: latency, loss, order and the sound itself are held to that.
        case echo
        /// It sends each message back as it came: a floor to measure others by.
        case mirror
        /// Anything: latency is that of pings, and the sound is not looked at.
        case anything

        /// Whether what the caller says comes back.
        var isEcho: Bool { self != .anything }
    }

    /// The most calls at a time.
    package static let maximumCalls = 20_000

    /// `ws://…` or `wss://…` with the path of the route.
    package var url: String
    /// Calls at a time, 1 … ``maximumCalls``.
    package var calls = 100
    /// New calls in a second.
    package var rate = 100.0
    /// How long the calls are measured, once all are there.
    package var duration = Duration.seconds(10)
    /// How long the calls run before they are measured: what a server does at the beginning of each is over then.
    package var settling = Duration.zero
    /// After how long a call ends and another takes its place; nil: they last as long as the run.
    package var callLength: Duration?
    /// Dialect, format, frames, numbers and, where it is not a tone, what the callers say.
    package var call: SimulatedCallConfiguration
    /// Headers, and how far the server is trusted.
    package var connection = SimulatedConnection()
    /// What the bot is expected to do.
    package var expectation = Expectation.echo
    /// Whether callers say nothing at all: calls that only stand, to see what one takes of the server's memory.
    package var isIdle = false
    /// Threads that play the calls.
    package var loops = 1
    /// Whether TLS sessions are taken up again, as platforms do.
    package var resumesSessions = true
    /// How long the last frames of a call may take to come back.
    package var grace = Duration.seconds(1)

    /// A plan with the defaults of its properties.
    package init(url: String, call: SimulatedCallConfiguration) {
        self.url = url
        self.call = call
    }

    /// Whether the sound that comes back is looked at.
    var checksSound: Bool { expectation.isEcho && !isIdle && call.callerAudio.isEmpty }

    /// What one message carries.
    var frame: Duration { .milliseconds(call.frameMilliseconds) }
}
