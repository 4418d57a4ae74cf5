// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio dtmf IN`.
struct AudioDTMFCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dtmf",
        abstract: "Hears telephone digits (DTMF) in audio.",
        discussion: """
            Prints a line for each digit as it is heard: the digit, a space, and the stream time in seconds at which it \
            was certain, at most 0.04 s after its tone began. Files that end in .wav are WAV files; others, and a dash \
            for standard input, are raw signed 16-bit little-endian mono samples.
            """
    )

    @Option(help: "Rate of raw samples in hertz (default: 8000); a WAV file must have it if it is given.")
    var rate: Int?

    @Option(parsing: .unconditional, help: "Smallest level of each tone in dBm0.")
    var minimumLevel = -40.0

    @Argument(help: "File to read; - is standard input.")
    var input: String

    func validate() throws {
        if let complaint = AudioInput.complaint(aboutRate: rate) { throw ValidationError(complaint) }
        guard (-60...0).contains(minimumLevel) else { throw ValidationError("--minimum-level must be -60…0.") }
    }

    func run() throws {
        let sink = try ByteSink(path: "-")
        _ = try AudioInput(path: input, rate: rate).listen { rate in
            DTMFDetector(rate: rate, minimumLevel: minimumLevel)
        } _: { detector, samples, rate in
            var lines: [UInt8] = []
            detector.process(samples) { event in
                guard event.edge == .began else { return }
                let time = StreamTime(sample: event.position, rate: rate.rawValue)
                lines += Array("\(event.digit.character) \(time)\n".utf8)
            }
            try sink.write(lines, count: lines.count)
        }
        try sink.close()
    }
}
