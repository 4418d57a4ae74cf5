// SPDX-License-Identifier: Apache-2.0
import Testing
import Tracing

@testable import Operations

@Suite("Places in traces")
struct TraceContextTests {
    /// The example of W3C Trace Context §3.2.3.
    static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("the standard's example is read and written")
    func standard() throws {
        let place = try #require(TraceContext(traceparent: Self.example, tracestate: "congo=t61rcWkgMzE"))
        #expect(place.traceID == TraceID(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736))
        #expect(place.spanID == 0x00f0_67aa_0ba9_02b7 && place.isSampled && place.state == "congo=t61rcWkgMzE")
        #expect(place.traceparent == Self.example)
    }

    @Test(
        "what is valid",
        arguments: [
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", false),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03", true),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe", false),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", true),
            ("00-00000000000000000000000000000001-0000000000000001-01", true),
            ("00-80000000000000000000000000000000-8000000000000000-01", true),
            // A later version may have more behind a dash.
            ("cc-12345678901234567890123456789012-1234567890123456-01", true),
            ("cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be", true),
        ]
    )
    func valid(_ text: String, isSampled: Bool) {
        #expect(TraceContext(traceparent: text)?.isSampled == isSampled)
    }

    @Test(
        "what is not",
        arguments: [
            "", "00", "-",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e47366-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "cc-12345678901234567890123456789012-1234567890123456-01.what",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
            " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "\(example),\(example)",
        ]
    )
    func invalid(_ text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("a tracestate that is too long is not passed on")
    func longState() throws {
        let long = String(repeating: "a", count: 513)
        #expect(try #require(TraceContext(traceparent: Self.example, tracestate: long)).state.isEmpty)
    }
}

@Suite("Share of traces")
struct TraceSamplerTests {
    /// The first ids of a generator that is the same everywhere.
    private static let ids = {
        var generator = SplitMix(state: 1)
        return (0..<10_000).map { _ in TraceID(high: generator.next(), low: generator.next()) }
    }()

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test(
        "of many as many as asked for",
        arguments: [(0.0, 0...0), (0.1, 900...1_100), (0.5, 4_800...5_200), (1, 10_000...10_000)]
    )
    func share(_ share: Double, _ range: ClosedRange<Int>) {
        let sampler = TraceSampler(share: share)
        #expect(range.contains(Self.ids.count { sampler.takes($0) }))
    }

    @Test("by the id alone, and a larger share takes what a smaller one took")
    func deterministic() {
        let (less, more) = (TraceSampler(share: 0.2), TraceSampler(share: 0.3))
        for id in Self.ids {
            #expect(less.takes(id) == TraceSampler(share: 0.2).takes(id))
            #expect(!less.takes(id) || more.takes(id))
            // What is in the first 72 bits may be a time, and decides nothing.
            let other = TraceID(high: ~id.high, low: id.low ^ 0xFF00_0000_0000_0000)
            #expect(less.takes(other) == less.takes(id))
        }
    }
}
