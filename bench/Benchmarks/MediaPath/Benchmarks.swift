// SPDX-License-Identifier: Apache-2.0
import Benchmark

// An iteration is 1,000 frames of 20 ms, too short to time alone; the plugin's tables are scaled back to one frame.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput],
        warmupIterations: 3,
        scalingFactor: .kilo,
        maxDuration: .seconds(2),
        maxIterations: 2_000
    )
    registerResamplers()
    registerG711()
    registerFraming()
    registerListening()
    registerConcealment()
    registerLevels()
    registerMasking()
    registerDialect()
    registerCall()
}
