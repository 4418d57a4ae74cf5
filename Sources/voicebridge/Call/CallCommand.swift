// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import UnixSignals
import VoiceBridgeTesting

/// `voicebridge call URL …`.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Plays the telephony platform: puts one call through to a server and says what came of it.",
        discussion: """
            Streams a recording in real time as the caller, plays what the server says as the platform would, and \
            checks every message of the server against the wire's document. Without --audio the caller is silent.

            The call ends when the bot hangs up or transfers; else, with stop, at --for; else 2 s after the last of \
            the recording and the keys; without a recording after 60 s.

            An underrun is an empty playback buffer inside a playback. A playback ends with a clear, a hang-up, a \
            transfer, response.audio.done, a key pressed into silence, or a pause of 1 s.

            After the counts, each answered turn is drawn: from the caller's last word to the first message and the \
            first sound of the answer; with --server-log also through the server's own stages.

            own_delay_ms says how late the simulator itself was: shorter underruns may be its own.

            Exit status 0 when the call ended as the protocol says, 1 when not, 64 for wrong use.
            """
    )

    @Argument(help: "The server: ws://HOST:PORT/PATH or wss://HOST/PATH.")
    var url: String

    @Option(help: "The platform's wire. (default: ivr-solutions, or that of --variant)")
    var dialect: SimulatedDialect?

    @Option(help: "A platform that speaks the dialect in its own way.")
    var variant: SimulatedVariant?

    @Option(help: "What the caller says, a WAV file of any rate, at most 256 MiB; - is standard input.")
    var audio: String?

    @Option(help: "Where what the caller hears is written: mono WAV at the call's rate, from start on.")
    var record: String?

    @Option(help: "Keys the caller presses, with the seconds after start: 1@2.0,#@3.5.")
    var dtmf: String?

    @Option(name: .customLong("for"), help: "Seconds after start at which the caller hangs up.")
    var seconds: Double?

    @Option(help: "How sound is written on the wire; without it as the platform usually does.")
    var encoding: SimulatedAudioFormat.Encoding?

    @Option(help: "Samples per second: 8000, 16000, 24000 or 48000; without it the platform's usual.")
    var rate: Int?

    @Option(help: "How the server's sound is written, where telnyx was told another codec for it.")
    var serverEncoding: SimulatedAudioFormat.Encoding?

    @Option(help: "Samples per second of the server's sound, where telnyx was told another rate for it.")
    var serverRate: Int?

    @Option(help: "Milliseconds in one media message, 1 to 1000; without it the platform's.")
    var frameMs: Int?

    @Option(help: "How marks return.")
    var marks = MarkMode.honest

    @Option(help: "What the platform does wrong.")
    var fault: PlatformFault?

    @Option(help: "Seconds after start at which a fault that has a moment strikes.")
    var faultAt = 1.0

    @Option(help: "Milliseconds that the platform holds back the beginning of a playback; 0 plays at arrival.")
    var jitterBufferMs = 40

    @Option(help: "The caller's number.")
    var from: String?

    @Option(help: "The number called.")
    var to: String?

    @Option(name: .customLong("header"), parsing: .singleValue, help: "A header of the opening request, 'Name: value'.")
    var headers: [String] = []

    @OptionGroup var signing: CallSigning

    @Option(help: "A PEM file of the authorities to trust instead of the system's.")
    var trust: String?

    @Option(help: "The log that the server writes, at the level debug: its stages of each turn are drawn too.")
    var serverLog: String?

    @Flag(help: "Believe any certificate: for made ones on a machine of your own.")
    var insecure = false

    @Flag(help: "Send the caller's sound as bare binary messages.")
    var binary = false

    @Flag(help: "Send start and the first media in one piece with the end of the opening handshake.")
    var eager = false

    @Flag(help: "Print one JSON object and nothing else.")
    var json = false

    mutating func validate() throws {
        do {
            try SimulatedCall.check(url: url)
            _ = try plannedCall()
            _ = try connection()
            try signing.check(platform)
        } catch let error as ValidationError {
            throw error
        } catch {
            throw ValidationError("\(error)")
        }
    }

    mutating func run() async throws {
        var call = try plannedCall()
        if let audio { call.callerAudio = try CallRecording.read(audio, at: call.format.sampleRate) }
        let result = try await place(call)
        if let record { try CallRecording.write(result, to: record) }
        if json { try StandardOutput.write(result: result.json.text + "\n") }
        if !result.endedAsTold { throw CallFailure(result) }
    }

    /// Runs the call; what keeps it from coming about is a result too when a tool wants one.
    private func place(_ call: SimulatedCallConfiguration) async throws -> SimulatedCallResult {
        let show = json ? nil : CallShow()
        var signed = try connection()
        signed.signature = try signing.signature(platform)
        signed.signedURL = signing.signedURL
        let (url, connection) = (url, signed)
        do {
            let result = try await withThrowingTaskGroup(of: SimulatedCallResult?.self) { group in
                group.addTask {
                    try await SimulatedCall.run(url: url, call, connection: connection) { show?.update($0) }
                }
                group.addTask {
                    // Ctrl-C is the caller hanging up; a second one ends the program.
                    for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                    return nil
                }
                let first = try await group.next() ?? nil
                group.cancelAll()
                return if let first { first } else { try await group.next() ?? nil }
            }
            guard let result else { throw CancellationError() }
            let rate = call.format.sampleRate
            show?.end(result, turns: AnsweredTurn.find(in: result, caller: call.callerAudio, at: rate))
            if let serverLog, let show {
                show.end(try ServerTurns.lines(CallRecording.readLog(serverLog), call: call.callID))
            }
            return result
        } catch let error as SimulatedCallError where json {
            return SimulatedCallResult(failure: error.description)
        }
    }
}
