// SPDX-License-Identifier: Apache-2.0
import Benchmark
import TelephonyAudio

/// 20 ms through each pair of rates that calls use.
func registerResamplers() {
    let pairs: [(SampleRate, SampleRate)] = [
        (.hz8000, .hz16000), (.hz16000, .hz8000), (.hz8000, .hz24000), (.hz24000, .hz8000), (.hz8000, .hz48000),
        (.hz48000, .hz8000), (.hz16000, .hz24000), (.hz24000, .hz16000), (.hz44100, .hz8000), (.hz8000, .hz44100),
    ]
    for (source, target) in pairs {
        Benchmark("resample \(source.rawValue) to \(target.rawValue), 20 ms") { benchmark in
            var resampler = Resampler(from: source, to: target)
            let input = Sounds.noise(samples: source.rawValue / 50)
            var output = [Int16](repeating: 0, count: resampler.maximumOutput(for: input.count))
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                var room = output.mutableSpan
                blackHole(resampler.process(input.span, into: &room))
            }
        }
    }
}

/// 20 ms at 8 kHz through each law, each way.
func registerG711() {
    for law in G711.allCases {
        Benchmark("\(law) encode, 20 ms") { benchmark in
            let samples = Sounds.noise(samples: 160)
            var codes = [UInt8](repeating: 0, count: 160)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                var room = codes.mutableSpan
                law.encode(samples.span, into: &room)
            }
            blackHole(codes)
        }
        Benchmark("\(law) decode, 20 ms") { benchmark in
            let codes = Sounds.bytes(count: 160)
            var samples = [Int16](repeating: 0, count: 160)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                var room = samples.mutableSpan
                law.decode(codes.span, into: &room)
            }
            blackHole(samples)
        }
    }
}
