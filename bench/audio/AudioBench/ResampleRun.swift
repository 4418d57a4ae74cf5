// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio

/// One conversion of a file of raw 16-bit samples.
struct ResampleRun {
    /// What the gates must see.
    private enum Fault: String {
        /// An allocation for each chunk.
        case allocate
        /// Every fifth chunk converted once more, for nothing: a fifth more instructions.
        case waste
    }

    private let source: SampleRate
    private let target: SampleRate
    private let input: String
    private let output: String
    private var trace: String?
    private var chunk: Int
    private var repeats = 1
    private var streams = 1
    private var plainly = false
    private var fault: Fault?
    private static nonisolated(unsafe) var kept: [Int16] = []  // Written by the only thread there is.

    init(_ arguments: [String]) {
        guard arguments.count >= 4, let source = Int(arguments[0]).flatMap({ SampleRate(rawValue: $0) }),
            let target = Int(arguments[1]).flatMap({ SampleRate(rawValue: $0) })
        else { AudioBench.fail("resample FROM TO IN OUT") }
        (self.source, self.target, input, output) = (source, target, arguments[2], arguments[3])
        chunk = source.samplesPer20Milliseconds
        var rest = arguments.dropFirst(4)
        while let option = rest.popFirst() {
            switch option {
            case "--streams": streams = rest.popFirst().flatMap { Int($0) } ?? streams
            case "--plain": plainly = true
            case "--fault": fault = rest.popFirst().flatMap { Fault(rawValue: $0) }
            case "--trace": trace = rest.popFirst()
            case "--chunk": chunk = rest.popFirst().flatMap { Int($0) } ?? chunk
            case "--repeats": repeats = rest.popFirst().flatMap { Int($0) } ?? repeats
            default: AudioBench.fail("what is \(option)?")
            }
        }
        if chunk < 1 || repeats < 1 || streams < 1 { AudioBench.fail("chunks, repeats and streams are at least 1") }
    }

    func run() {
        let samples = RawFile.read(input)
        var converted = [Int16](repeating: 0, count: samples.count * target.rawValue / source.rawValue + 8)
        var totals = [Int](repeating: 0, count: samples.count / chunk + 2)
        // Everything a stream takes is taken before the clock runs.
        var resampler = Resampler(from: source, to: target, plainly: plainly)
        var others = (1..<streams).map { _ in Resampler(from: source, to: target, plainly: plainly) }
        var spare = [Int16](repeating: 0, count: resampler.maximumOutput(for: chunk))
        var produced = 0
        var least = Int.max
        for _ in 0..<repeats {
            resampler.reset()
            let start = AudioBench.now()
            produced = convert(samples, &resampler, &others, into: &converted, spare: &spare, &totals)
            least = min(least, AudioBench.now() - start)
        }
        RawFile.write(converted, count: produced, to: output)
        if let trace { writeTrace(totals, samples.count, to: trace) }
        let perOutput = Double(least) / Double(max(produced, 1)) / Double(streams)
        print("ns_per_output \(perOutput) state_bytes \(resampler.stateBytes) outputs \(produced)")
    }

    @inline(never)
    private func convert(
        _ samples: [Int16],
        _ resampler: inout Resampler,
        _ others: inout [Resampler],
        into converted: inout [Int16],
        spare: inout [Int16],
        _ totals: inout [Int]
    ) -> Int {
        var output = converted.mutableSpan
        let input = samples.span
        var (taken, produced, turn) = (0, 0, 0)
        while taken < input.count {
            let end = min(taken + chunk, input.count)
            var room = output._mutatingExtracting(produced..<output.count)
            produced += resampler.process(input.extracting(taken..<end), into: &room).produced
            if fault == .allocate { unsafe Self.kept = [Int16](repeating: Int16(truncatingIfNeeded: turn), count: 8) }
            if fault == .waste, turn % 5 == 0 {
                var spare = output._mutatingExtracting(produced..<output.count)
                _ = resampler.process(input.extracting(taken..<end), into: &spare)
            }
            for index in others.indices {
                var unused = spare.mutableSpan
                _ = others[index].process(input.extracting(taken..<end), into: &unused)
            }
            taken = end
            totals[turn] = produced
            turn += 1
        }
        return produced
    }

    private func writeTrace(_ totals: [Int], _ count: Int, to path: String) {
        var text = ""
        for turn in 0..<(count + chunk - 1) / chunk { text += "\(min((turn + 1) * chunk, count)) \(totals[turn])\n" }
        RawFile.write(text: text, to: path)
    }
}
