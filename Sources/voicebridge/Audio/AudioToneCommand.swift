// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio tone …`: a sine, a sweep or telephone digits as a file.
struct AudioToneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tone",
        abstract: "Writes a tone, a sweep or telephone digits.",
        discussion: "A file that ends in .wav gets a header; others, and a dash for standard output, are raw samples."
    )

    @Option(help: "Sampling rate in hertz.")
    var rate = 8000

    @Option(help: "Frequency in hertz; where a sweep begins.")
    var frequency = 1000.0

    @Option(help: ArgumentHelp("Where a sweep ends, in hertz.", valueName: "frequency"))
    var sweepTo: Double?

    @Option(parsing: .unconditional, help: "Peak of the sine in dBFS, such as -10.")
    var level = -10.0

    @Option(help: "Length in seconds.")
    var seconds = 1.0

    @Option(help: "Telephone digits (0-9 * # A-D) instead of a sine.")
    var digits: String?

    @Option(help: ArgumentHelp("Milliseconds of each digit.", valueName: "n"))
    var toneMs = 100

    @Option(help: ArgumentHelp("Milliseconds of silence behind each digit.", valueName: "n"))
    var gapMs = 100

    @Argument(help: "File to write; - is standard output.")
    var output: String

    func validate() throws {
        guard (1000...384_000).contains(rate) else { throw ValidationError("--rate must be 1000…384000.") }
        for (name, value) in [("--frequency", frequency), ("--sweep-to", sweepTo ?? frequency)]
        where !(value > 0 && value <= Double(rate) / 2) {
            throw ValidationError("\(name) must be above 0 and at most half of --rate, \(rate / 2).")
        }
        guard (-120...0).contains(level) else { throw ValidationError("--level must be -120…0.") }
        guard seconds > 0, seconds <= 3600 else { throw ValidationError("--seconds must be above 0, at most 3600.") }
        guard (1...10_000).contains(toneMs), (0...10_000).contains(gapMs) else {
            throw ValidationError("--tone-ms must be 1…10000 and --gap-ms 0…10000.")
        }
        if let digits, digits.isEmpty || digits.count > 1000 || digits.contains(where: { DTMFKey($0) == nil }) {
            throw ValidationError("--digits takes 1 to 1000 of 0-9, *, # and A-D.")
        }
    }

    func run() throws {
        let samples = render()
        let sink = try ByteSink(path: output)
        if output.lowercased().hasSuffix(".wav") {
            let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: rate))
            try sink.write(header.bytes(dataBytes: samples.count * 2), count: header.byteCount)
        }
        var bytes = [UInt8](repeating: 0, count: samples.count * 2)
        var span = bytes.mutableSpan
        LittleEndianPCM.encode(samples.span, into: &span)
        try sink.write(bytes, count: bytes.count)
        try sink.close()
    }

    private func render() -> [Int16] {
        var timing = DTMFGenerator.Timing()
        (timing.toneMilliseconds, timing.gapMilliseconds) = (toneMs, gapMs)
        if let digits, var generator = DTMFGenerator(digits, timing: timing, rate: rate) {
            var samples = [Int16](repeating: 0, count: generator.totalSamples)
            var span = samples.mutableSpan
            _ = generator.render(into: &span)
            return samples
        }
        var generator = ToneGenerator(frequency: frequency, level: level, rate: rate)
        if let sweepTo {
            generator = ToneGenerator(sweepFrom: frequency, to: sweepTo, seconds: seconds, level: level, rate: rate)
        }
        return (0..<Int(seconds * Double(rate))).map { _ in generator.next() }
    }
}
