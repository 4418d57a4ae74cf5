// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio doctor IN`.
struct AudioDoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what is wrong with a stream of audio.",
        discussion: """
            Looks at the first 15 seconds for a wrong encoding, byte order, lost bytes, WAV headers, direct current, \
            clipping and dead silence, and with --live for a wrong rate. Prints a line for each fault: whose doing it \
            is, what it is and what to do. Files that end in .wav are WAV files; others, and a dash for standard \
            input, are raw.
            """
    )

    enum Encoding: String, ExpressibleByArgument, CaseIterable {
        case pcm
        case ulaw
        case alaw

        var encoding: StreamEncoding {
            switch self {
            case .pcm: .linear16
            case .ulaw: .g711(.muLaw)
            case .alaw: .g711(.aLaw)
            }
        }
    }

    enum Source: String, ExpressibleByArgument, CaseIterable {
        case platform
        case bot
    }

    @Option(help: "Rate of raw samples in hertz, as declared (default: 8000); a WAV file must have it if it is given.")
    var rate: Int?

    @Option(help: "Encoding of raw samples, as declared.")
    var encoding = Encoding.pcm

    @Option(help: "Who sends the stream, to say whose doing a fault is.")
    var from = Source.platform

    @Flag(help: "Count samples against the clock: the bytes come in real time.")
    var live = false

    @Flag(help: "Print a JSON object for each fault.")
    var json = false

    @Argument(help: "File to read; - is standard input.")
    var input: String

    func validate() throws {
        if let rate, !(1000...384_000).contains(rate) { throw ValidationError("--rate must be 1000…384000.") }
    }

    func run() throws {
        let doctor = input.lowercased().hasSuffix(".wav") ? try examineFile() : try examineStream()
        let sink = try ByteSink(path: "-")
        var text = doctor.findings.map { finding in
            guard json else { return "\(finding)\n" }
            let (side, fault) = (finding.side.rawValue, finding.shortDescription)
            return "{\"side\":\"\(side)\",\"fault\":\"\(fault)\",\"description\":\"\(finding)\"}\n"
        }
        .joined()
        if text.isEmpty, !json { text = "no fault found in \(doctor.examinedBytes) bytes\n" }
        let bytes = Array(text.utf8)
        try sink.write(bytes, count: bytes.count)
        try sink.close()
    }

    private func make(_ encoding: StreamEncoding, rate: Int) -> AudioDoctor {
        AudioDoctor(encoding: encoding, rate: rate, direction: from == .bot ? .fromBot : .fromPlatform)
    }

    private func examineStream() throws -> AudioDoctor {
        var doctor = make(encoding.encoding, rate: rate ?? 8000)
        let source = try ByteSource(path: input)
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let clock = ContinuousClock()
        let start = clock.now
        while doctor.isExamining {
            let count = try source.read(into: &bytes)
            if count == 0 { break }
            let (seconds, attoseconds) = (clock.now - start).components
            // A read is no message, and may well end inside a sample; only the whole stream may not.
            doctor.examine(
                bytes.span.extracting(first: count),
                at: live ? seconds * 1_000_000 + attoseconds / 1_000_000_000_000 : nil,
                isWholeMessage: false
            )
        }
        doctor.finish()
        return doctor
    }

    private func examineFile() throws -> AudioDoctor {
        let file = try AudioInput(path: input, rate: rate).wavFile()
        guard case .g711(let law) = file.format.encoding else {
            var doctor = make(.linear16, rate: file.rate)
            var bytes = [UInt8](repeating: 0, count: file.samples.count * 2)
            var span = bytes.mutableSpan
            LittleEndianPCM.encode(file.samples.span, into: &span)
            doctor.examine(bytes.span)
            return doctor
        }
        var doctor = make(.g711(law), rate: file.rate)
        let codes = file.samples.map { law.encode($0) }
        doctor.examine(codes.span)
        return doctor
    }
}
