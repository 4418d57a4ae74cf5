// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio g711 --law ulaw|alaw encode|decode IN OUT`.
struct AudioG711Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "g711",
        abstract: "Encodes raw 16-bit samples to G.711, or decodes them.",
        discussion: "Samples are signed 16-bit little-endian without a header. A dash is standard input or output."
    )

    enum Law: String, ExpressibleByArgument, CaseIterable {
        case ulaw
        case alaw

        var coder: G711 { self == .ulaw ? .muLaw : .aLaw }
    }

    enum Direction: String, ExpressibleByArgument, CaseIterable {
        case encode
        case decode
    }

    @Option(help: "The companding law.")
    var law: Law

    @Argument(help: "What to do.")
    var direction: Direction

    @Argument(help: "File to read; - is standard input.")
    var input: String

    @Argument(help: "File to write; - is standard output.")
    var output: String

    mutating func run() throws {
        let source = try ByteSource(path: input)
        let sink = try ByteSink(path: output, besides: source.identity)
        var bytes = [UInt8](repeating: 0, count: 1 << 15)
        switch direction {
        case .decode: try decode(source, sink, &bytes)
        case .encode: try encode(source, sink, &bytes)
        }
        try sink.close()
    }

    private func decode(_ source: borrowing ByteSource, _ sink: borrowing ByteSink, _ bytes: inout [UInt8]) throws {
        var samples = [Int16](repeating: 0, count: bytes.count)
        var pcm = [UInt8](repeating: 0, count: bytes.count * 2)
        while true {
            let count = try source.read(into: &bytes)
            if count == 0 { return }
            var sampleSpan = samples.mutableSpan
            law.coder.decode(bytes.span.extracting(first: count), into: &sampleSpan)
            var pcmSpan = pcm.mutableSpan
            LittleEndianPCM.encode(samples.span.extracting(first: count), into: &pcmSpan)
            try sink.write(pcm, count: count * 2)
        }
    }

    private func encode(_ source: borrowing ByteSource, _ sink: borrowing ByteSink, _ bytes: inout [UInt8]) throws {
        var reader = LittleEndianPCM()
        var total = 0
        var samples = [Int16](repeating: 0, count: bytes.count / 2 + 1)
        var codes = [UInt8](repeating: 0, count: samples.count)
        while true {
            let read = try source.read(into: &bytes)
            if read == 0 { break }
            total += read
            var sampleSpan = samples.mutableSpan
            let count = reader.decode(bytes.span.extracting(first: read), into: &sampleSpan)
            var codeSpan = codes.mutableSpan
            law.coder.encode(samples.span.extracting(first: count), into: &codeSpan)
            try sink.write(codes, count: count)
        }
        if reader.finish() { throw AudioCommandError.oddLength(path: source.name, bytes: total) }
    }
}
