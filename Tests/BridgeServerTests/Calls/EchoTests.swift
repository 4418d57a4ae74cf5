// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallSession
import TestSupport
import Testing
import VoiceBridge

/// What the caller said comes back, to the bit where no codec stands between.
@Suite struct EchoTests {
    static func yaml(bot: String, rate: Int) -> String {
        RunningServer.open.replacing("bot: test", with: "bot: \(bot), bot_options: {sample_rate: \"\(rate)\"}")
    }

    /// Sends audio in messages of 20 ms and gives the samples of as many bytes as come back.
    static func echo(_ sent: [UInt8], frame: Int, encoding: String, rate: Int, of serving: RunningServer) async throws
        -> [UInt8]
    {
        let client = try await serving.call(following: Wire.start(encoding: encoding, rate: rate))
        for start in stride(from: 0, to: sent.count, by: frame) {
            try await client.send(Wire.media(Array(sent[start..<min(start + frame, sent.count)])))
        }
        var received: [UInt8] = []
        while received.count < sent.count, let next = try await client.frame() { received += Wire.audio(next) ?? [] }
        try await client.send(Wire.stop)
        #expect(try await client.closeCode() == 1000)
        let summary = try await serving.observed.ended()[0].summary
        #expect(summary.samplesReceived == Int64(sent.count / (encoding == "pcm" ? 2 : 1)))
        #expect(summary.samplesDropped == 0)
        return received
    }

    @Test(arguments: ["echo", "echo-task"], [8_000, 16_000, 24_000, 48_000])
    func `Linear audio at the bot's own rate comes back to the bit`(bot: String, rate: Int) async throws {
        var random = RandomNumbers(seed: UInt64(rate))
        let sent = (0..<rate / 50 * 30 * 2).map { _ in UInt8.random(in: 0...255, using: &random) }
        try await RunningServer.run(TestBot.silent(), Self.yaml(bot: bot, rate: rate)) { serving in
            let received = try await Self.echo(sent, frame: rate / 50 * 2, encoding: "pcm", rate: rate, of: serving)
            #expect(received == sent)
        }
    }

    @Test(arguments: ["echo", "echo-task"], ["mulaw", "alaw"])
    func `Companded audio comes back to the codec's own error`(bot: String, encoding: String) async throws {
        // Every code but negative zero, which µ-law's linear form cannot tell from zero.
        let codes = (0...255).map { UInt8($0) }.filter { encoding != "mulaw" || $0 != 0x7F }
        let sent = Array((0..<20).flatMap { _ in codes }.prefix(160 * 30))
        try await RunningServer.run(TestBot.silent(), Self.yaml(bot: bot, rate: 8_000)) { serving in
            let received = try await Self.echo(sent, frame: 160, encoding: encoding, rate: 8_000, of: serving)
            #expect(received == sent)
        }
    }

    @Test(arguments: ["echo", "echo-task"], [16_000, 24_000, 48_000])
    func `Through another rate the count is exact and a tone is whole`(bot: String, rate: Int) async throws {
        let tone = Tone(frequency: 1_000, amplitude: 8_000)
        let sent = Tone.samples(of: [tone], rate: 8_000, count: 160 * 60)
        try await RunningServer.run(TestBot.silent(), Self.yaml(bot: bot, rate: rate)) { serving in
            let bytes = try await Self.echo(Wire.bytes(sent), frame: 320, encoding: "pcm", rate: 8_000, of: serving)
            #expect(bytes.count == sent.count * 2)
            // The middle, a whole number of periods: the ends hold the filters' delay.
            let middle = Wire.samples(bytes)[1_600..<8_000].map(Double.init)
            let spectrum = Spectrum(middle, rate: 8_000)
            #expect(spectrum.signalToNoiseAndDistortion(at: 1_000) >= 22)
            #expect(abs(spectrum.tone(at: 1_000).amplitude / 8_000 - 1) < 0.05)
        }
    }
}
