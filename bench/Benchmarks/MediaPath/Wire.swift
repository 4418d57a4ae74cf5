// SPDX-License-Identifier: Apache-2.0
import Benchmark
import CallModel
import Dialects
import NIOCore
import WebSocketWire

/// Unmasking one media message.
func registerMasking() {
    Benchmark("unmask 600 bytes") { benchmark in
        var message = Sounds.bytes(count: 600)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var room = message.mutableSpan
            var bytes = room.mutableBytes
            Masking.apply(to: &bytes, range: 0..<600, key: 0xA1B2_C3D4, phase: 0)
        }
        blackHole(message)
    }
}

/// One media message of the IVR Solutions wire, each way.
func registerDialect() {
    Benchmark("read one media message (JSON and base64)") { benchmark in
        var dialect = try Dialect(name: .ivrSolutions, options: BotOptions())
        let message = Array(Messages.media(sequence: 2).utf8)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try dialect.decode(text: message.span)) }
    }
    Benchmark("write one audio message (JSON and base64)") { benchmark in
        var dialect = try Dialect(name: .ivrSolutions, options: BotOptions())
        let samples = Sounds.bytes(count: 320)
        var buffer = ByteBuffer()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            buffer.clear()
            blackHole(dialect.encodeAudio(samples.span, into: &buffer))
        }
    }
    Benchmark("base64 of 20 ms, write") { benchmark in
        let samples = Sounds.bytes(count: 320)
        var buffer = ByteBuffer()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            buffer.clear()
            buffer.writeBase64(samples.span)
        }
        blackHole(buffer)
    }
    Benchmark("base64 of 20 ms, read") { benchmark in
        var text = ByteBuffer()
        text.writeBase64(Sounds.bytes(count: 320).span)
        let characters = Array(text.readableBytesView)
        var media = MediaBuffer()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { try Base64.decode(characters.span, into: &media) }
        blackHole(media)
    }
}
