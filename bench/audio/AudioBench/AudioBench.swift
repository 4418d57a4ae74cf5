// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio

/// Runs the audio core in memory, the way the C driver beside it runs other libraries, so that both are measured
/// alike: whole input read first, 20 ms at a time converted, output written last.
///
///     AudioBench resample FROM TO IN OUT [--trace FILE] [--chunk N] [--repeats N] [--streams N] [--plain] [--fault allocate|waste]
///     AudioBench g711 BLOCKS
///     AudioBench base64 ROUNDS
///     AudioBench listening IN
///
/// Prints one line `key value …`: the least thread CPU time of all repeats in ns per output sample, and the state; of
/// the other blocks, ns by name.
@main
struct AudioBench {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard !arguments.isEmpty else { fail("say resample, g711, base64 or listening") }
        switch arguments.removeFirst() {
        case "resample": ResampleRun(arguments).run()
        case "g711": CompandingRun.run(blocks: arguments.first.flatMap { Int($0) } ?? 5000)
        case "base64": Base64Run.run(rounds: arguments.first.flatMap { Int($0) } ?? 5000)
        case "listening": ListeningRun.run(arguments.first ?? "")
        case let other: fail("what is \(other)?")
        }
    }

    static func fail(_ text: String) -> Never {
        let line = "AudioBench: \(text)\n"
        _ = unsafe line.utf8CString.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
        exit(64)
    }

    /// CPU time of this thread in nanoseconds.
    static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// The least time of `repeats` calls.
    static func least(_ repeats: Int, _ body: () -> Void) -> Int {
        (0..<repeats).map { _ in
            let start = now()
            body()
            return now() - start
        }.min() ?? 0
    }
}
