// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension ByteBuffer {
    /// Writes little-endian samples of 16 bits as decimal numbers with commas between them.
    mutating func writeJSONSamples(_ bytes: Span<UInt8>) {
        // A minus, five digits and a comma at most for each.
        writeWithOutputRawSpan(minimumWritableBytes: bytes.count / 2 * 7) { output in
            for index in stride(from: 0, to: bytes.count - 1, by: 2) {
                if index > 0 { output.append(ASCII.comma) }
                let sample = Int16(truncatingIfNeeded: Int(bytes[index]) | Int(bytes[index + 1]) << 8)
                if sample < 0 { output.append(ASCII.minus) }
                Self.appendDigits(of: Int(sample.magnitude), to: &output)
            }
        }
    }

    /// Writes a number below 100,000 as decimal digits.
    mutating func writeJSONNumber(_ number: Int) {
        writeWithOutputRawSpan(minimumWritableBytes: 5) { output in Self.appendDigits(of: number, to: &output) }
    }

    private static func appendDigits(of number: Int, to output: inout OutputRawSpan) {
        var divisor = number >= 10_000 ? 10_000 : number >= 1_000 ? 1_000 : number >= 100 ? 100 : number >= 10 ? 10 : 1
        while divisor > 0 {
            output.append(ASCII.zero + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
