// SPDX-License-Identifier: Apache-2.0
import Benchmark
import TelephonyAudio

/// 20 ms at 8 kHz of what fills gaps.
func registerConcealment() {
    for isLost in [false, true] {
        Benchmark("conceal, 20 ms \(isLost ? "lost, 20 ms" : "all") received") { benchmark in
            guard var concealer = PacketLossConcealer() else { return benchmark.error("8 kHz is a rate of it") }
            let frame = Sounds.noise(samples: concealer.frameSamples)
            var output = [Int16](repeating: 0, count: concealer.frameSamples)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                var room = output.mutableSpan
                for _ in 0..<2 where isLost { concealer.conceal(into: &room) }
                for _ in 0..<2 { concealer.receive(frame.span, into: &room) }
            }
            blackHole(output)
        }
    }
    Benchmark("comfort noise, 20 ms") { benchmark in
        var generator = ComfortNoiseGenerator(ComfortNoiseDescriptor(decibels: -50), seed: 1)
        var output = [Int16](repeating: 0, count: 160)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var room = output.mutableSpan
            generator.render(into: &room)
        }
        blackHole(output)
    }
}

/// 20 ms at 8 kHz of what measures, bounds and records.
func registerLevels() {
    Benchmark("active speech level, 20 ms") { benchmark in
        var level = ActiveSpeechLevel(rate: 8000)
        let samples = Sounds.noise(samples: 160)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { level.add(samples.span) }
        blackHole(level.decibels)
    }
    for ceiling in [-1.0, -20] {
        Benchmark("limit to \(Int(ceiling)) dBFS, 20 ms") { benchmark in
            var limiter = Limiter(ceiling: ceiling, rate: 8000)
            let samples = Sounds.noise(samples: 160)
            var output = samples
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for index in samples.indices { output[index] = samples[index] }
                var room = output.mutableSpan
                limiter.process(&room)
            }
            blackHole(output)
        }
    }
    Benchmark("record both sides, 20 ms") { benchmark in
        var recorder = StereoWAVRecorder(rate: .hz8000)
        let samples = Sounds.noise(samples: 160)
        var bytes = [UInt8](repeating: 0, count: 640)
        var position = 0
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            recorder.recordCaller(samples.span, at: position)
            recorder.recordBot(samples.span, at: position)
            position += 160
            var room = bytes.mutableSpan
            blackHole(recorder.drain(to: position, into: &room))
        }
    }
}

/// Messages of 20 ms cut into frames of 30 ms.
func registerFraming() {
    Benchmark("chunk, 20 ms in, frames of 30 ms out") { benchmark in
        var chunker = Chunker(frameSize: 240, capacity: 8000)
        let samples = Sounds.noise(samples: 160)
        var frame = [Int16](repeating: 0, count: 240)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            chunker.append(samples.span)
            var room = frame.mutableSpan
            while chunker.next(into: &room) {}
        }
        blackHole(frame)
    }
    Benchmark("read 16-bit bytes, 20 ms") { benchmark in
        var reader = LittleEndianPCM()
        let bytes = Sounds.bytes(count: 320)
        var samples = [Int16](repeating: 0, count: 160)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var room = samples.mutableSpan
            blackHole(reader.decode(bytes.span, into: &room))
        }
    }
}
