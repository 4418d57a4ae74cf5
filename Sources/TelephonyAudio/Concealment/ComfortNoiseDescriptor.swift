// SPDX-License-Identifier: Apache-2.0

/// The payload of a comfort noise packet (RFC 3389, RTP payload type 13): how loud, and of what colour.
package struct ComfortNoiseDescriptor: Equatable, Sendable {
    /// Most reflection coefficients that are used; RFC 3389 §3.2 sets no limit.
    package static let maximumOrder = 12

    /// Level below overload: 0…127 stands for 0…−127 dBov, that is dBFS.
    package let level: UInt8
    /// Reflection coefficients within ±1, first the lowest order; none for white noise.
    package let reflection: [Float]

    /// White noise at a level in dBFS, rounded to the nearest of 0…−127.
    package init(decibels: Double) {
        level = UInt8(min(max((-decibels).rounded(), 0), 127))
        reflection = []
    }

    /// Reads a payload; nil when it is empty.
    ///
    /// The first byte's top bit is reserved and ignored; of more coefficients
    /// than `maximumOrder` the first are used.
    package init?(_ payload: Span<UInt8>) {
        guard !payload.isEmpty else { return nil }
        level = payload[0] & 0x7F
        var coefficients: [Float] = []
        for index in payload.indices.dropFirst().prefix(Self.maximumOrder) {
            // RFC 3389 §3.2: the 16-bit coefficient is 258 (byte − 127); 255 is out of range and taken as 254.
            coefficients.append(Float(258 * (Int(min(payload[index], 254)) - 127)) / 32768)
        }
        reflection = coefficients
    }

    /// The payload's bytes.
    package var payload: [UInt8] {
        [level] + reflection.map { UInt8(min(max(($0 * 32768 / 258).rounded() + 127, 0), 254)) }
    }
}
