// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeServer
import LoadTesting
import UnixSignals
import VoiceBridgeTesting

extension LoadPlan.Expectation: ExpressibleByArgument {}

/// `voicebridge load URL …`.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Plays the telephony platform for many calls at once, and says what the server made of them.",
        discussion: """
            Each call says a tone of its own and is sent by the clock, whatever the server does: latency counts from the \
            moment a frame was due. With a bot that says back what it hears (echo, echo-task) every frame that comes \
            back is looked at: loss, order, silence, and whether a call hears the tone of another. For other bots say \
            --expect anything: latency is then that of pings, one a second for each call.

            With --find-capacity the calls are doubled, and then halved between, until the 99th percentile is above \
            --p99 or a frame is lost: what is printed is for this bot, this machine and this platform's frames.

            Test servers of your own only. Exit status 0 when all calls came about and nothing was wrong with what came \
            back, 1 when not, 64 for wrong use.
            """
    )

    @Argument(help: "The server: ws://HOST:PORT/PATH or wss://HOST/PATH.")
    var url: String

    @Option(help: "Calls at a time; with --find-capacity the most that are tried.")
    var calls = 100

    @Option(help: "New calls in a second.")
    var rate = 100.0

    @Option(name: .customLong("for"), help: "Seconds to measure once all calls are there; of each step of a search.")
    var seconds = 10.0

    @Option(help: "Seconds that the calls run before they are measured.")
    var settle = 0.0

    @Option(help: "Seconds after which a call ends and another takes its place; without it calls stay.")
    var callSeconds: Double?

    @Option(help: "The platform's wire.")
    var dialect = SimulatedDialect.ivrSolutions

    @Option(help: "What all callers say instead of tones, a WAV file; what comes back is then counted, not heard.")
    var audio: String?

    @Option(help: "How sound is written on the wire; without it as the platform usually does.")
    var encoding: SimulatedAudioFormat.Encoding?

    @Option(name: .customLong("sample-rate"), help: "Samples per second; without it the platform's usual.")
    var sampleRate: Int?

    @Option(help: "Milliseconds in one media message, a divisor of 1000; without it the platform's.")
    var frameMs: Int?

    @Option(help: "What the bot does: echo, mirror (each message comes back as it is) or anything.")
    var expect = LoadPlan.Expectation.echo

    @Flag(help: "Let the calls stand without a frame of audio, to see what memory they take.")
    var idle = false

    @Option(help: "The server's process on this machine: its processor time and memory are told.")
    var pid: Int?

    @Option(help: "What the 99th percentile of latency may come to: 20ms, 1.5s.")
    var p99: DurationArgument?

    @Flag(help: "Search for the most calls that the server holds within --p99 (20ms).")
    var findCapacity = false

    @Option(help: "Threads that play the calls.")
    var threads = 1

    @Option(name: .customLong("header"), parsing: .singleValue, help: "A header of the opening request, 'Name: value'.")
    var headers: [String] = []

    @Option(help: "A PEM file of the authorities to trust instead of the system's.")
    var trust: String?

    @Flag(help: "Believe any certificate: for made ones on a machine of your own.")
    var insecure = false

    @Flag(help: "Shake hands in full for each call instead of taking up TLS sessions.")
    var fullHandshakes = false

    @Flag(help: "Print one JSON object and nothing else.")
    var json = false

    mutating func validate() throws {
        do {
            try SimulatedCall.check(url: url)
        } catch {
            throw ValidationError("\(error)")
        }
        _ = try plan()
    }

    mutating func run() async throws {
        DescriptorLimit.raise()
        var plan = try plan()
        if let audio { plan.call.callerAudio = try CallRecording.read(audio, at: plan.call.format.sampleRate) }
        let bound = findCapacity ? p99?.duration ?? .milliseconds(20) : p99?.duration
        let show = LoadShow(isSilent: json)
        let run = LoadRun(plan, process: pid) { show.update($0) }
        let report = try await untilInterrupted { [findCapacity] in
            findCapacity
                ? try await run.findCapacity(bound: bound ?? .milliseconds(20)) { show.step($0) }
                : try await run.run()
        }
        show.clear()
        let text = json ? report.json(bound: bound, process: pid).text + "\n" : LoadStory.text(report)
        try StandardOutput.write(result: text)
        let faults = report.faults(bound: bound)
        if let capacity = report.capacity, capacity.calls == 0 { throw LoadFailure(capacity) }
        if !faults.isEmpty { throw LoadFailure(faults) }
    }

    /// Ctrl-C ends the run early, with the report so far; a second one ends the program.
    private func untilInterrupted(
        _ body: @escaping @Sendable () async throws -> LoadReport
    ) async throws -> LoadReport {
        try await withThrowingTaskGroup(of: LoadReport?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            guard let report = try await group.next() ?? nil else { throw CancellationError() }
            return report
        }
    }
}
