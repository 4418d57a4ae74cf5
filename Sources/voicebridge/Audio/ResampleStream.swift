// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// Samples on their way from a source through a resampler to a sink, in chunks of set sizes.
struct ResampleStream: ~Copyable {
    private var resampler: Resampler
    private var sizes: ChunkSizes
    /// The next chunk's size.
    private var chunk: Int
    private let flushes: Bool
    private let trace: ByteSink?
    private var traced: [UInt8] = []
    private var inputTotal = 0
    private var outputTotal = 0
    private var converted: [Int16]
    private let sink: ByteSink
    private let header: WAVHeader?
    private var written = 0
    /// Output bytes not yet given to the sink.
    private var pending: [UInt8] = []

    /// Opens the output, which must be another file than the input; `.wav` gets a header that is put right in `finish`.
    ///
    /// The file `trace`, if there is one, gets a line for each chunk: input and output samples so far. Without
    /// `flushes` the output lacks the one sample that the end of a stream may add.
    init(
        from source: SampleRate,
        to target: SampleRate,
        sizes: ChunkSizes,
        output: String,
        besides input: FileIdentity?,
        flushes: Bool = true,
        trace: String? = nil
    ) throws {
        let isWAV = output.lowercased().hasSuffix(".wav")
        let header = isWAV ? WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: target.rawValue)) : nil
        let opened = try Self.open(output, besides: input, header)
        let traced = try Self.openTrace(trace, besides: input, opened.identity)
        sink = opened
        self.trace = traced
        self.header = header
        resampler = Resampler(from: source, to: target)
        self.sizes = sizes
        chunk = self.sizes.next()
        self.flushes = flushes
        converted = [Int16](repeating: 0, count: resampler.maximumOutput(for: sizes.largest) + 1)
    }

    /// Converts samples that are all there.
    mutating func convert(samples: [Int16]) throws {
        var start = 0
        while start < samples.count {
            let end = min(start + chunk, samples.count)
            convert(samples.span.extracting(start..<end))
            if pending.count >= 1 << 16 { try writePending() }
            start = end
        }
        try writePending()
    }

    /// Converts raw samples as they come; what a read brings in whole chunks is written before the next read.
    mutating func convert(bytes source: borrowing ByteSource) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var decoded = [Int16](repeating: 0, count: buffer.count / 2 + 1)
        var reader = LittleEndianPCM()
        var waiting: [Int16] = []
        var total = 0
        while true {
            let count = try source.read(into: &buffer)
            if count == 0 { break }
            total += count
            var span = decoded.mutableSpan
            let samples = reader.decode(buffer.span.extracting(first: count), into: &span)
            waiting += decoded.prefix(samples)
            var start = 0
            while waiting.count - start >= chunk {
                let end = start + chunk
                convert(waiting.span.extracting(start..<end))
                start = end
            }
            waiting.removeFirst(start)
            try writePending()
        }
        if !waiting.isEmpty { convert(waiting.span) }
        try writePending()
        if reader.finish() {
            try flush()
            throw AudioCommandError.oddLength(path: source.name, bytes: total)
        }
    }

    /// Writes the tail and closes the output.
    consuming func finish() throws {
        try flush()
        try sink.close()
    }

    private mutating func flush() throws {
        if flushes { append(Self.flush(&resampler, into: &converted)) }
        try writePending()
        guard let header else { return }
        for patch in header.patches(dataBytes: written) { try sink.overwrite(patch.bytes, at: patch.offset) }
    }

    private mutating func convert(_ samples: Span<Int16>) {
        let produced = Self.process(samples, &resampler, into: &converted)
        append(produced)
        inputTotal += samples.count
        outputTotal += produced
        if trace != nil { traced += Array("\(inputTotal) \(outputTotal)\n".utf8) }
        chunk = sizes.next()
    }

    private static func open(
        _ path: String,
        besides input: FileIdentity?,
        _ header: WAVHeader?
    ) throws(AudioCommandError) -> ByteSink {
        let sink = try ByteSink(path: path, besides: input)
        if let header { try sink.write(header.bytes(dataBytes: nil), count: header.byteCount) }
        return sink
    }

    private static func openTrace(
        _ path: String?,
        besides input: FileIdentity?,
        _ output: FileIdentity?
    ) throws(AudioCommandError) -> ByteSink? {
        guard let path else { return nil }
        return try ByteSink(path: path, besides: input, output)
    }

    private static func process(_ samples: Span<Int16>, _ resampler: inout Resampler, into output: inout [Int16]) -> Int
    {
        var span = output.mutableSpan
        return resampler.process(samples, into: &span).produced
    }

    private static func flush(_ resampler: inout Resampler, into output: inout [Int16]) -> Int {
        var span = output.mutableSpan
        return resampler.flush(into: &span)
    }

    private mutating func append(_ count: Int) {
        for sample in converted.prefix(count) {
            let bits = UInt16(bitPattern: sample)
            pending.append(UInt8(truncatingIfNeeded: bits))
            pending.append(UInt8(truncatingIfNeeded: bits >> 8))
        }
    }

    private mutating func writePending() throws {
        try sink.write(pending, count: pending.count)
        written += pending.count
        pending.removeAll(keepingCapacity: true)
        switch trace {
        case .some(let sink): try sink.write(traced, count: traced.count)
        case .none: break
        }
        traced.removeAll(keepingCapacity: true)
    }
}
