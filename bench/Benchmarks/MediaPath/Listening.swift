// SPDX-License-Identifier: Apache-2.0
import Benchmark
import TelephonyAudio

/// 20 ms at 8 kHz of what listens to a caller: speech-like noise, and for digits a digit that sounds.
func registerListening() {
    Benchmark("hear digits, 20 ms of noise") { benchmark in
        var detector = DTMFDetector()
        let samples = Sounds.noise(samples: 160)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { detector.process(samples.span) { blackHole($0) } }
    }
    Benchmark("hear digits, 20 ms of a digit") { benchmark in
        var detector = DTMFDetector()
        let samples = Sounds.digit(samples: 160)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { detector.process(samples.span) { blackHole($0) } }
    }
    for rate in [SampleRate.hz8000, .hz16000] {
        Benchmark("voice activity at \(rate.rawValue), 20 ms") { benchmark in
            var detector = VoiceActivityDetector(rate: rate)
            let samples = Sounds.noise(samples: rate.samplesPer20Milliseconds)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { detector.process(samples.span) { blackHole($0) } }
        }
    }
    for (name, encoding) in [("linear", StreamEncoding.linear16), ("muLaw", .g711(.muLaw))] {
        Benchmark("audio doctor, \(name), 20 ms") { benchmark in
            // Looks as long as the benchmark lasts.
            var doctor = AudioDoctor(encoding: encoding, rate: 8000, examinedSeconds: 1_000_000)
            let bytes = Sounds.bytes(count: 160 * encoding.bytesPerSample)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { doctor.examine(bytes.span) }
            blackHole(doctor.findings)
        }
    }
}
