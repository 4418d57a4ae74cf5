// SPDX-License-Identifier: Apache-2.0
import CallSession
import Testing
import VoiceBridge

/// No sample is lost at the beginning of a call.
@Suite struct FirstAudioTests {
    @Test(arguments: [false, true], [false, true])
    func `Audio in one packet with the handshake's end reaches the bot from sample 0`(
        isEncrypted: Bool,
        isBinary: Bool
    ) async throws {
        let sent = (0..<320).map { Int16($0 * 7 - 900) }
        let heard = Watched<[Int16]>([])
        let bot = TestBot { call in
            for await event in call.events {
                if case .audio(let chunk) = event {
                    let samples = chunk.samples
                    heard.update { $0 += samples }
                }
            }
        }
        let tls = isEncrypted ? try Certificates() : nil
        try await RunningServer.run(bot, tls.map(\.yaml) ?? RunningServer.open) { serving in
            let halves = [Wire.bytes(Array(sent[..<160])), Wire.bytes(Array(sent[160...]))]
            // Binary audio may come before start and is kept.
            let following =
                isBinary
                ? RawFrame.binary(halves[0]) + Wire.start() + RawFrame.binary(halves[1])
                : Wire.start() + Wire.media(halves[0]) + Wire.media(halves[1])
            let client = try await serving.call(following: following, tls: tls?.client())
            let all = try await heard.wait("320 samples") { $0.count >= 320 ? $0 : nil }
            #expect(all == sent)
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
            #expect(try await serving.observed.ended()[0].summary.samplesDropped == 0)
        }
    }

    @Test func `A handshake that comes byte by byte is as good`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot) { serving in
            let client = try await RawClient.connect(serving.port)
            for byte in Array(RawClient.request().utf8) + Wire.start() + Wire.stop { try await client.send([byte]) }
            #expect(try await client.answer()?.status == 101)
            #expect(try await client.closeCode() == 1000)
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
        }
    }
}
