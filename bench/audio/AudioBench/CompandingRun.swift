// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

/// G.711 in blocks of 20 ms.
enum CompandingRun {
    static func run(blocks: Int) {
        let samples = (0..<160).map { Int16(truncatingIfNeeded: $0 &* 26_041) }
        var codes = [UInt8](repeating: 0, count: 160)
        var others = codes
        var decoded = samples
        var line = ""
        for law in G711.allCases {
            let encoding = AudioBench.least(9) { encode(law, samples, &codes, blocks) }
            let decoding = AudioBench.least(9) { decode(law, codes, &decoded, blocks) }
            let other: G711 = law == .muLaw ? .aLaw : .muLaw
            let transcoding = AudioBench.least(9) { transcode(law, other, codes, &others, blocks) }
            for (name, time) in [("encode", encoding), ("decode", decoding), ("transcode", transcoding)] {
                line += "\(law)_\(name) \((Double(time) / Double(blocks) / 1.6).rounded() / 100) "
            }
        }
        print(line)
    }

    @inline(never)
    private static func encode(_ law: G711, _ samples: [Int16], _ codes: inout [UInt8], _ blocks: Int) {
        for _ in 0..<blocks {
            var span = codes.mutableSpan
            law.encode(samples.span, into: &span)
        }
    }

    @inline(never)
    private static func decode(_ law: G711, _ codes: [UInt8], _ samples: inout [Int16], _ blocks: Int) {
        for _ in 0..<blocks {
            var span = samples.mutableSpan
            law.decode(codes.span, into: &span)
        }
    }

    @inline(never)
    private static func transcode(_ law: G711, _ other: G711, _ codes: [UInt8], _ others: inout [UInt8], _ blocks: Int)
    {
        for _ in 0..<blocks {
            var span = others.mutableSpan
            law.transcode(codes.span, to: other, into: &span)
        }
    }
}
