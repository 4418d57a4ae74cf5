// SPDX-License-Identifier: Apache-2.0

extension WAVFile {
    /// Converts all whole blocks of `data` to 16 bits and mixes their channels.
    static func monoSamples(of data: Span<UInt8>, _ format: WAVFormat) -> [Int16] {
        let width = format.encoding.bytesPerSample
        let block = format.bytesPerBlock
        var samples: [Int16] = []
        samples.reserveCapacity(data.count / block)
        for number in 0..<data.count / block {
            var sum = 0
            for channel in 0..<format.channels {
                sum += Int(sample(of: data, at: number * block + channel * width, format.encoding))
            }
            samples.append(Int16(sum / format.channels))
        }
        return samples
    }

    private static func sample(of data: Span<UInt8>, at offset: Int, _ encoding: WAVFormat.Encoding) -> Int16 {
        switch encoding {
        case .g711(let law): return law.decode(data[offset])
        case .pcm(bytes: 1): return (Int16(data[offset]) - 128) << 8
        case .pcm(bytes: 2): return Int16(truncatingIfNeeded: littleEndian(data, at: offset, bytes: 2))
        case .pcm(let bytes):
            let bits = UInt32(littleEndian(data, at: offset, bytes: bytes)) << (32 - 8 * UInt32(bytes))
            // To the nearest 16-bit value; only the top half unit can leave the range.
            let rounded = (Int64(Int32(bitPattern: bits)) + 0x8000) >> 16
            return Int16(min(rounded, 32767))
        case .float:
            let value = Float(bitPattern: UInt32(littleEndian(data, at: offset, bytes: 4))) * 32768
            if value.isNaN { return 0 }
            return Int16(min(max(value, -32768), 32767).rounded())
        }
    }

    private static func littleEndian(_ data: Span<UInt8>, at offset: Int, bytes: Int) -> UInt {
        var value: UInt = 0
        for index in 0..<bytes { value |= UInt(data[offset + index]) << (8 * UInt(index)) }
        return value
    }
}
