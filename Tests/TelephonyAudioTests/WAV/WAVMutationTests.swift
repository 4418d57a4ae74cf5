// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

/// Broken files end in samples or an error, never in a trap, and in no more samples than they have bytes.
struct WAVMutationTests {
    private typealias Build = WAVBuilder

    static let seeds: [[UInt8]] = [
        Build.riff(Build.format(), Build.chunk("data", [1, 0, 2, 0])),
        Build.riff(Build.chunk("LIST", [1, 2, 3]), Build.format(tag: 7, bits: 8), Build.chunk("data", [1, 2, 3])),
        Build.riff(
            Build.extensible(tag: 3, channels: 2, bits: 32, valid: 32),
            Build.chunk("data", [0, 0, 0, 0, 1, 1, 1, 1])
        ),
        Build.riff(
            Build.chunk("ds64", Build.number(0, 8) + Build.number(4, 8)),
            Build.format(),
            Build.chunk("data", [])
        ),
    ]

    private func check(_ file: [UInt8]) {
        guard let parsed = try? WAVFile.parse(file) else { return }
        #expect(parsed.samples.count <= file.count)
    }

    @Test(arguments: seeds)
    func `cut anywhere`(seed: [UInt8]) {
        for length in 0...seed.count { check(Array(seed.prefix(length))) }
    }

    @Test(arguments: seeds)
    func `every byte set to extremes`(seed: [UInt8]) {
        for index in seed.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var file = seed
                file[index] = value
                check(file)
            }
        }
    }

    @Test(arguments: seeds)
    func `every length field set to extremes`(seed: [UInt8]) {
        for index in 0...seed.count - 8 {
            for value in [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF] {
                var file = seed
                file.replaceSubrange(index..<index + 4, with: Build.number(value, 4))
                check(file)
            }
            var file = seed
            file.replaceSubrange(index..<index + 8, with: Build.number(-1, 8))
            check(file)
        }
    }

    @Test func `random damage`() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<5000 {
            var file = Self.seeds[random(Self.seeds.count)]
            for _ in 0...random(6) {
                switch random(3) {
                case 0 where !file.isEmpty: file[random(file.count)] = UInt8(random(256))
                case 1 where !file.isEmpty: file.remove(at: random(file.count))
                default: file.insert(UInt8(random(256)), at: random(file.count + 1))
                }
            }
            check(file)
        }
    }
}
