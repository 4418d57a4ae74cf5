// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio resample --from HZ --to HZ [--chunk-ms N | --chunk-samples N | --chunk-random SEED] [--no-flush]
/// [--trace FILE] IN OUT`.
struct AudioResampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resample",
        abstract: "Converts the sampling rate of a file or a stream.",
        discussion: """
            Files that end in .wav are WAV files; others, and a dash for standard input or output, are raw signed \
            16-bit little-endian mono samples. The chunk size changes how the work is cut up, never the result.
            """
    )

    @Option(help: "Rate of the input in hertz: 8000, 16000, 24000, 44100 or 48000.")
    var from: Int

    @Option(help: "Rate of the output in hertz.")
    var to: Int

    @Option(help: ArgumentHelp("Milliseconds converted at a time (default: 20).", valueName: "n"))
    var chunkMs: Int?

    @Option(help: ArgumentHelp("Samples converted at a time.", valueName: "n"))
    var chunkSamples: Int?

    @Option(
        help: ArgumentHelp(
            "Between one sample and 40 ms converted at a time, at random, the same for the same seed.",
            valueName: "seed"
        )
    )
    var chunkRandom: UInt64?

    @Flag(
        name: .customLong("no-flush"),
        help: "Leaves away the one sample that the end may add to make the length exact."
    )
    var noFlush = false

    @Option(help: ArgumentHelp("File for a line per chunk: input and output samples so far.", valueName: "file"))
    var trace: String?

    @Argument(help: "File to read; - is standard input.")
    var input: String

    @Argument(help: "File to write; - is standard output.")
    var output: String

    func validate() throws {
        for (name, rate) in [("--from", from), ("--to", to)] where SampleRate(rawValue: rate) == nil {
            let known = SampleRate.allCases.map { String($0.rawValue) }.joined(separator: ", ")
            throw ValidationError("\(name) \(rate) is none of the rates \(known).")
        }
        if [chunkMs != nil, chunkSamples != nil, chunkRandom != nil].count(where: { $0 }) > 1 {
            throw ValidationError("--chunk-ms, --chunk-samples and --chunk-random exclude each other.")
        }
        if let trace, trace == "-" && output == "-" {
            throw ValidationError("--trace and the output cannot both go to standard output.")
        }
        if let chunkMs, !(1...60_000).contains(chunkMs) { throw ValidationError("--chunk-ms must be 1…60000.") }
        if let chunkSamples, !(1...4_800_000).contains(chunkSamples) {
            throw ValidationError("--chunk-samples must be 1…4800000.")
        }
    }

    func run() throws {
        guard let source = SampleRate(rawValue: from), let target = SampleRate(rawValue: to) else { return }
        var sizes = ChunkSizes(always: chunkSamples ?? max(from * (chunkMs ?? 20) / 1000, 1))
        if let chunkRandom { sizes = ChunkSizes(random: chunkRandom, upTo: from / 25) }
        // What can be wrong with the input is found before the output's old content is given up.
        let file = try ByteSource(path: input)
        let samples = input.lowercased().hasSuffix(".wav") ? try wavSamples(file) : nil
        var stream = try ResampleStream(
            from: source,
            to: target,
            sizes: sizes,
            output: output,
            besides: file.identity,
            flushes: !noFlush,
            trace: trace
        )
        if let samples { try stream.convert(samples: samples) } else { try stream.convert(bytes: file) }
        try stream.finish()
    }

    private func wavSamples(_ file: borrowing ByteSource) throws -> [Int16] {
        let parsed = try AudioInput.parse(try file.readAll(), path: input)
        guard parsed.rate == from else {
            throw AudioCommandError.wrongRate(path: input, found: parsed.rate, expected: from)
        }
        return parsed.samples
    }
}
