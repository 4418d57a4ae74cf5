// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// The samples of a WAV file, or of raw bytes as they come, for the commands that listen.
struct AudioInput {
    /// File to read; `-` is standard input.
    let path: String
    /// Rate of raw samples, and the rate a WAV file must have; nil takes 8000 and whatever the WAV file has.
    let rate: Int?

    /// A name for messages.
    var name: String { path == "-" ? "standard input" : path }
    private var isWAV: Bool { path.lowercased().hasSuffix(".wav") }

    /// Gives all samples to `body`, in pieces, with the detector that `make` made for their rate.
    func listen<Detector>(
        _ make: (SampleRate) -> Detector,
        _ body: (inout Detector, Span<Int16>, SampleRate) throws -> Void
    ) throws -> (detector: Detector, rate: SampleRate) {
        if isWAV {
            let file = try wavFile()
            let found = try known(file.rate)
            var detector = make(found)
            try body(&detector, file.samples.span, found)
            return (detector, found)
        }
        let raw = try known(rate ?? 8000)
        var detector = make(raw)
        let source = try ByteSource(path: path)
        var reader = LittleEndianPCM()
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        var samples = [Int16](repeating: 0, count: bytes.count / 2 + 1)
        var total = 0
        while true {
            let read = try source.read(into: &bytes)
            if read == 0 { break }
            total += read
            var span = samples.mutableSpan
            let count = reader.decode(bytes.span.extracting(first: read), into: &span)
            try body(&detector, samples.span.extracting(first: count), raw)
        }
        if reader.finish() { throw AudioCommandError.oddLength(path: source.name, bytes: total) }
        return (detector, raw)
    }

    /// The WAV file, when the path names one.
    func wavFile() throws -> WAVFile {
        let file = try Self.parse(try ByteSource(path: path).readAll(), path: path)
        if let rate, file.rate != rate { throw AudioCommandError.otherRate(path: path, found: file.rate, asked: rate) }
        return file
    }

    /// The WAV file of these bytes; of one that is cut short, what is there, and a line on standard error.
    static func parse(_ bytes: [UInt8], path: String) throws(AudioCommandError) -> WAVFile {
        let file: WAVFile
        do {
            file = try WAVFile.parse(bytes)
        } catch {
            throw .badWAV(path: path, fault: error.description)
        }
        if file.missingBytes > 0 {
            StandardError.write(
                line:
                    "Warning: \(path) is cut short: \(file.missingBytes) bytes that its data chunk announces are missing"
            )
        }
        return file
    }

    private func known(_ rate: Int) throws -> SampleRate {
        guard let known = SampleRate(rawValue: rate) else {
            throw AudioCommandError.unknownRate(path: name, found: rate)
        }
        return known
    }

    /// Why a value of --rate cannot be used; nil when it can.
    static func complaint(aboutRate rate: Int?) -> String? {
        guard let rate, SampleRate(rawValue: rate) == nil else { return nil }
        return "--rate \(rate) is none of the rates \(ratesText)."
    }

    /// The rates that can be heard.
    static var ratesText: String { SampleRate.allCases.map { String($0.rawValue) }.joined(separator: ", ") }
}
