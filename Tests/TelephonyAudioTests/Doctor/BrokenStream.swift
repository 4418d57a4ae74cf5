// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

/// Sounds as bytes of an encoding, and what breaks them.
enum BrokenStream {
    static func bytes(_ samples: [Int16], _ encoding: StreamEncoding) -> [UInt8] {
        switch encoding {
        case .linear16: samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        case .g711(let law): samples.map { law.encode($0) }
        }
    }

    static func swapped(_ bytes: [UInt8]) -> [UInt8] {
        bytes.indices.map { bytes[$0 ^ 1] }
    }

    /// A stream's faults, its messages of 20 ms coming in real time when `rate` says at which.
    static func diagnose(
        _ bytes: [UInt8],
        as encoding: StreamEncoding,
        rate: Int = 8000,
        realRate: Int? = nil,
        message: Int? = nil,
        direction: AudioDoctor.Direction = .fromPlatform
    ) -> [AudioFinding] {
        var doctor = AudioDoctor(encoding: encoding, rate: rate, direction: direction)
        let size = message ?? rate / 50 * encoding.bytesPerSample
        var (start, number): (Int, Int64) = (0, 0)
        while start < bytes.count {
            let end = min(start + size, bytes.count)
            // Messages jitter by up to 30 ms.
            let time = realRate.map {
                Int64(Double(start) / Double($0 * encoding.bytesPerSample) * 1e6) + number * 7919 % 30_000
            }
            doctor.examine(bytes.span.extracting(start..<end), at: time)
            (start, number) = (end, number + 1)
        }
        return doctor.findings
    }

    /// Sounds with nothing wrong.
    static func good(_ name: String) throws -> [Int16] {
        let time = (0..<32000).map { Double($0) / 8000 }
        var random = RandomNumbers(seed: 9)
        func noise(_ amplitude: Double) -> [Int16] {
            time.map { _ in Int16(min(max(amplitude * DTMFSignal.gauss(&random), -32768), 32767)) }
        }
        switch name {
        case "speech": return Array(try Fixtures.prompt("greeting-and-menu").prefix(36000))
        case "other speech": return try Fixtures.prompt("apology")
        case "quiet speech": return try good("speech").map { $0 / 30 }
        case "digits": return try Fixtures.signal("dtmf-all")
        case "sweep": return try Fixtures.signal("sweep-100-3400")
        case "tone 440": return time.map { Int16(12000 * sin(2 * .pi * 440 * $0)) }
        case "tone 3000": return time.map { Int16(12000 * sin(2 * .pi * 3000 * $0)) }
        case "full-scale tone": return time.map { Int16(32767 * sin(2 * .pi * 997 * $0)) }
        case "full-scale hum": return time.map { Int16(32767 * sin(2 * .pi * 50 * $0)) }
        case "hiss": return noise(40)
        case "bright speech":
            let samples = try good("speech").map(Int.init)
            return zip(samples, samples.dropFirst()).map { Int16(clamping: ($1 - $0) * 2) }
        case "music":
            // Chords of four notes with five harmonics each, struck twice a second.
            return time.map { seconds in
                var sum = 0.0
                for note in [220.0, 277.2, 329.6, 440] {
                    for harmonic in 1...5 {
                        sum += sin(2 * .pi * note * Double(harmonic) * seconds + note) / Double(harmonic)
                    }
                }
                return Int16(2000 * sum * exp(-3 * (seconds * 2).truncatingRemainder(dividingBy: 1)))
            }
        case "loud noise": return noise(6000)
        case "faint noise": return noise(15)
        case "short silence": return [Int16](repeating: 0, count: 28000)
        case "silence, then speech": return try [Int16](repeating: 0, count: 24000) + Fixtures.prompt("goodbye")
        case "speech, then silence": return try Fixtures.prompt("goodbye") + [Int16](repeating: 0, count: 40000)
        default: return []
        }
    }

    static let goodNames = [
        "speech", "other speech", "quiet speech", "digits", "sweep", "tone 440", "tone 3000", "full-scale tone",
        "full-scale hum", "music", "hiss", "bright speech",
        "loud noise", "faint noise", "short silence", "silence, then speech", "speech, then silence",
    ]
}
