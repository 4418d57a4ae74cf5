// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Testing
import VoiceBridgeTesting

@testable import voicebridge

@Suite("voicebridge call: flags")
struct CallCommandTests {
    @Test("flags become the call they say")
    func flags() throws {
        let command = try CallCommand.parse([
            "wss://127.0.0.1:8443/v1/ivr-solutions", "--dtmf", "1@2.0,#@3.5", "--for", "12.5", "--encoding", "ulaw",
            "--rate", "16000", "--frame-ms", "10", "--marks", "burst", "--fault", "half-close", "--fault-at", "0.5",
            "--header", "Authorization: Bearer t0ken", "--header", "X-A: b", "--insecure", "--json", "--eager",
            "--binary",
            "--jitter-buffer-ms", "0", "--from", "100", "--to", "200",
        ])
        let call = try command.plannedCall()
        #expect(call.digits.map(\.digit) == ["1", "#"])
        #expect(call.duration == .milliseconds(12_500))
        #expect(call.format == SimulatedAudioFormat(.ulaw, sampleRate: 16_000))
        #expect(call.frameMilliseconds == 10)
        #expect(call.markMode == .burst)
        #expect(call.fault == .halfClose)
        #expect(call.faultTime == .milliseconds(500))
        #expect(call.playoutDelay == .zero)
        #expect(call.startsEagerly)
        #expect(call.sendsBinaryAudio)
        #expect(call.from == "100")
        #expect(call.to == "200")
        #expect(command.json)
        let connection = try command.connection()
        #expect(!connection.verifiesServer)
        #expect(connection.headers.map(\.name) == ["Authorization", "X-A"])
        #expect(connection.headers.map(\.value) == ["Bearer t0ken", "b"])
    }

    @Test("without flags it is a silent call of PCM at 8 kHz to a server that must prove who it is")
    func defaults() throws {
        let command = try CallCommand.parse(["wss://bot.example.net"])
        let call = try command.plannedCall()
        #expect(call.dialect == .ivrSolutions)
        #expect(call.format == .pcm8kHz)
        #expect(call.frameMilliseconds == 20)
        #expect(call.markMode == .honest)
        #expect(call.fault == nil)
        #expect(call.duration == nil)
        #expect(call.playoutDelay == .milliseconds(40))
        #expect(try command.connection().verifiesServer)
    }

    @Test("a platform is played in its own format and frames, unless the flags say which of its formats")
    func dialects() throws {
        let exotel = try CallCommand.parse(["ws://a", "--dialect", "exotel"]).plannedCall()
        #expect(exotel.dialect == .exotel)
        #expect(exotel.format == .pcm8kHz)
        #expect(exotel.frameMilliseconds == 100)
        let twilio = try CallCommand.parse(["ws://a", "--dialect", "twilio", "--frame-ms", "40"]).plannedCall()
        #expect(twilio.format == .ulaw8kHz)
        #expect(twilio.frameMilliseconds == 40)
        let plivo = try CallCommand.parse(["ws://a", "--dialect", "plivo", "--rate", "16000"]).plannedCall()
        #expect(plivo.format == SimulatedAudioFormat(.pcm, sampleRate: 16_000))
    }

    @Test(
        "wrong use is status 64 and names the flag",
        arguments: [
            (["http://a"], "http://a"), (["ws://a", "--rate", "11025"], "11025"),
            (["ws://a", "--frame-ms", "0"], "frame-ms"), (["ws://a", "--dtmf", "9"], "'9'"),
            (["ws://a", "--for", "0"], "--for"), (["ws://a", "--for", "nan"], "--for"),
            (["ws://a", "--fault", "none"], "close-without-stop"), (["ws://a", "--marks", "none"], "honest"),
            (["ws://a", "--header", "nothing"], "--header"), (["ws://a", "--jitter-buffer-ms", "1001"], "jitter"),
            (["ws://a", "--dialect", "none"], "ivr-solutions"),
            (["ws://a", "--dialect", "twilio", "--encoding", "pcm"], "ulaw 8000"), ([], "url"),
        ]
    )
    func wrongUse(_ arguments: [String], _ named: String) {
        do {
            _ = try CallCommand.parse(arguments)
            Issue.record("taken")
        } catch {
            #expect(CallCommand.exitCode(for: error).rawValue == 64)
            #expect(CallCommand.fullMessage(for: error).contains(named))
        }
    }

    @Test("a server that is not there: status 1, one line, and with --json one object")
    func nobody() throws {
        let plain = try CommandRun(["call", "ws://127.0.0.1:1/", "--for", "1"])
        #expect(plain.status == 1)
        #expect(plain.output == "")
        #expect(plain.errors == "Error: cannot connect to 127.0.0.1:1: refused; is the server listening there?\n")
        let json = try CommandRun(["call", "ws://127.0.0.1:1/", "--for", "1", "--json"])
        #expect(json.status == 1)
        #expect(json.output.hasPrefix(#"{"frames_sent":0,"#))
        #expect(json.output.contains(#""ended_by":"error""#))
        #expect(json.output.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        #expect(json.errors.split(separator: "\n").count == 1)
    }

    @Test("a file that is no sound is named before anybody is called")
    func badAudio() throws {
        let run = try CommandRun(["call", "ws://127.0.0.1:1/", "--audio", "/nonexistent.wav"])
        #expect(run.status == 1)
        #expect(run.errors.contains("/nonexistent.wav"))
        let endless = try CommandRun(["call", "ws://127.0.0.1:1/", "--audio", "/dev/zero"])
        #expect(
            endless.errors
                == "Error: cannot play /dev/zero: it is no regular file; give a file, or - and the sound on standard input\n"
        )
        #expect(endless.status == 1)
        let noise = try CommandRun(["call", "ws://127.0.0.1:1/", "--audio", "-"], input: "no sound")
        #expect(noise.errors == "Error: cannot play -: not a WAV file: it does not begin with RIFF and WAVE\n")
    }
}
