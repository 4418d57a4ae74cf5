// SPDX-License-Identifier: Apache-2.0
import Benchmark
import CallModel
import VoiceBridge
import VoiceBridgeTesting

/// Plays back what it hears.
private struct Echo: ConversationHandler, MediaStage {
    let audioFormat: AudioFormat

    func converse(on call: Call) async throws {
        call.attach(self)
        try await call.waitUntilEnded()
    }

    mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
        playback.write(heard)
    }
}

/// 20 ms of a call in and out again, without WebSocket, TLS and sockets: JSON, base64, session, ledger, pacer, stage, and
/// rate conversion where the bot's rate is not the wire's.
func registerCall() {
    for format in [AudioFormat.linear8kHz, .linear16kHz] {
        Benchmark("a frame through a call, bot at \(format.sampleRate)") { benchmark in
            let bridge = try VirtualBridge(bot: Echo(audioFormat: format))
            bridge.receive(text: Messages.start, at: .zero)
            let media = Messages.media(sequence: 2)
            var time = Duration.zero
            var sent = 0
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                time += .milliseconds(20)
                bridge.receive(text: media, at: time)
                bridge.advance(to: time)
                while bridge.nextOutput() != nil { sent += 1 }
            }
            benchmark.stopMeasurement()
            guard sent > 900 else { return benchmark.error("only \(sent) of 1000 frames came back") }
        }
    }
}
