// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct ComfortNoiseTests {
    static func descriptor(_ payload: [UInt8]) throws -> ComfortNoiseDescriptor {
        let descriptor = ComfortNoiseDescriptor(payload.span)
        return try #require(descriptor)
    }

    static func noise(_ descriptor: ComfortNoiseDescriptor, seed: UInt64 = 3, count: Int = 40000) -> [Int16] {
        var generator = ComfortNoiseGenerator(descriptor, seed: seed)
        var samples = [Int16](repeating: 0, count: count)
        var span = samples.mutableSpan
        generator.render(into: &span)
        return samples
    }

    @Test(arguments: [UInt8(20), 35, 50, 65, 78], [[], [UInt8(20)], [20, 180], [127, 60, 140, 127, 200]])
    func `the level is right whatever the colour`(level: UInt8, coefficients: [UInt8]) throws {
        let payload = [level] + coefficients
        let descriptor = try Self.descriptor(payload)
        let noise = Self.noise(descriptor)
        #expect(abs(AudioLevel(noise.span).rmsDecibels + Double(level)) < 1)
        #expect(descriptor.payload == payload)
    }

    @Test func `there is no line in it and no period`() {
        let noise = Self.noise(ComfortNoiseDescriptor(decibels: -40), count: 80000).map { Double($0) }
        // 1000 blocks of 10 ms: each bin of 100 Hz holds the mean, within five times its spread.
        var bins = [Double](repeating: 0, count: 40)
        for block in 0..<200 {
            let spectrum = Spectrum(Array(noise[block * 80..<(block + 1) * 80]), rate: 8000)
            for bin in 1..<40 { bins[bin] += pow(spectrum.tone(at: Double(bin) * 100).amplitude, 2) }
        }
        let mean = bins[1...].reduce(0, +) / 39
        #expect(bins[1...].allSatisfy { abs($0 / mean - 1) < 0.4 })
        let energy = noise[0..<20000].reduce(0) { $0 + $1 * $1 }
        for lag in [1, 2, 5, 80, 160, 256, 400, 1000, 4096, 8000, 16384, 32768, 50000] {
            var product = 0.0
            for index in 0..<20000 { product += noise[index] * noise[index + lag] }
            #expect(abs(product / energy) < 0.04, "lag \(lag)")
        }
    }

    @Test func `a coefficient colours it as the lattice of one pole does`() throws {
        let bytes: [UInt8] = [30, 20]
        let descriptor = try Self.descriptor(bytes)
        let noise = Self.noise(descriptor).map { Double($0) }
        var (energy, product) = (0.0, 0.0)
        for index in 1..<noise.count {
            energy += noise[index] * noise[index]
            product += noise[index] * noise[index - 1]
        }
        // RFC 3389 §3.2: 258 · (20 − 127) / 32768 = −0.8425, the negative of the first normalised autocorrelation.
        #expect(abs(product / energy - 0.8425) < 0.02)
    }

    @Test func `payloads`() throws {
        let none: [UInt8] = []
        let nothing = ComfortNoiseDescriptor(none.span)
        #expect(nothing == nil)
        let reserved: [UInt8] = [0xC8, 0, 127, 255]
        let descriptor = try Self.descriptor(reserved)
        #expect(descriptor.level == 72 && descriptor.reflection.count == 3)
        #expect(descriptor.reflection[0] == -32766.0 / 32768 && descriptor.reflection[1] == 0)
        #expect(descriptor.reflection[2] == 32766.0 / 32768)
        let long = [UInt8](repeating: 100, count: 80)
        #expect(try Self.descriptor(long).reflection.count == ComfortNoiseDescriptor.maximumOrder)
        #expect(ComfortNoiseDescriptor(decibels: -300).level == 127 && ComfortNoiseDescriptor(decibels: 3).level == 0)
    }

    @Test func `a new description takes over within 10 ms`() {
        var generator = ComfortNoiseGenerator(ComfortNoiseDescriptor(decibels: -30), seed: 1)
        var part = [Int16](repeating: 0, count: 800)
        var span = part.mutableSpan
        generator.render(into: &span)
        generator.describe(ComfortNoiseDescriptor(decibels: -60))
        generator.render(into: &span)
        #expect(AudioLevel(part.span.extracting(80...)).rmsDecibels < -58)
        #expect(AudioLevel(part.span.extracting(0..<8)).rmsDecibels > -45)
    }

    @Test func `seeds make different noise, one seed the same`() {
        let descriptor = ComfortNoiseDescriptor(decibels: -40)
        #expect(Self.noise(descriptor, seed: 1, count: 100) != Self.noise(descriptor, seed: 2, count: 100))
        #expect(Self.noise(descriptor, seed: 1, count: 100) == Self.noise(descriptor, seed: 1, count: 100))
    }
}
