// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing

@testable import CallRecords

/// A mixer that is told of a call at 8 kHz, in milliseconds.
private struct Told {
    private var mixer: RecordingMixer
    private var bytes: [UInt8] = []
    private var position: Int64 = 0

    init(outbound: AudioFormat = .linear8kHz) throws {
        let entry = TapEntry(.began, at: Self.instant(0))
        mixer = try #require(RecordingMixer(entry, format: .linear8kHz, outboundFormat: outbound))
    }

    static func instant(_ milliseconds: Int) -> CallInstant {
        CallInstant(nanoseconds: 7_000_000_000 + Int64(milliseconds) * 1_000_000)
    }

    private mutating func tell(_ entry: TapEntry, _ payload: [UInt8] = []) {
        mixer.take(entry, payload)
        mixer.drain(at: entry.time, into: &bytes)
    }

    private static func payload(_ value: Int16, _ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: value), count: 2 * count)
        for place in 0..<count { bytes[2 * place + 1] = UInt8(truncatingIfNeeded: value >> 8) }
        return bytes
    }

    /// Caller audio of 20 ms that comes at a time.
    mutating func caller(_ value: Int16, at time: Int) {
        tell(TapEntry(.caller, byteCount: 320, at: Self.instant(time), first: position), Self.payload(value, 160))
        position += 160
    }

    /// The caller's 20 ms were not recorded.
    mutating func unheardCaller(at time: Int) {
        tell(TapEntry(.callerUnheard, byteCount: 320, at: Self.instant(time), first: position))
        position += 160
    }

    /// Milliseconds of both sides that are final.
    var drained: Int { mixer.drained / 8 }

    /// Audio of the bot's of 20 ms, sent at a time and played at another.
    mutating func bot(_ value: Int16, at time: Int, played: Int, delay: Int? = nil) {
        let entry = TapEntry(
            .bot,
            byteCount: 320,
            at: Self.instant(time),
            first: Self.instant(played).nanoseconds,
            second: delay.map { Int64($0) * 1_000_000 } ?? -1
        )
        tell(entry, Self.payload(value, 160))
    }

    mutating func pausedBot(at time: Int, played: Int) {
        tell(
            TapEntry(
                .botUnheard,
                byteCount: 320,
                at: Self.instant(time),
                first: Self.instant(played).nanoseconds,
                second: -1
            )
        )
    }

    mutating func cut(_ milliseconds: Int, at time: Int) {
        tell(TapEntry(.cut, at: Self.instant(time), first: Int64(8 * milliseconds)))
    }

    /// Ends it; what each 20 ms begin with, of both sides.
    mutating func end(at time: Int) -> (left: [Int16], right: [Int16]) {
        tell(TapEntry(.ended, at: Self.instant(time)))
        func samples(_ side: Int) -> [Int16] {
            stride(from: 2 * side, to: bytes.count, by: 640).map { Int16(bytes[$0]) | Int16(bytes[$0 + 1]) << 8 }
        }
        return (samples(0), samples(1))
    }
}

@Suite struct RecordingMixerTests {
    @Test func `Each side lies where it was heard`() throws {
        var told = try Told()
        for frame in 0..<100 {
            told.caller(Int16(frame + 1), at: 20 * frame + 20)
            // Sent 200 ms ahead.
            if frame >= 10 { told.bot(Int16(frame), at: 20 * frame, played: 20 * frame + 200) }
        }
        let (left, right) = told.end(at: 2_000)
        #expect(left == (1...100).map { Int16($0) })
        #expect(right == [Int16](repeating: 0, count: 20) + (10..<90).map { Int16($0) })
    }

    @Test func `What was taken back is not there`() throws {
        var told = try Told()
        for frame in 0..<100 {
            told.caller(1, at: 20 * frame + 20)
            if frame < 50 { told.bot(7, at: 20 * frame, played: 20 * frame + 100) }
            // At 900 ms, with 180 ms sent and unheard.
            if frame == 49 { told.cut(200, at: 980) }
            if frame == 60 { told.bot(9, at: 1_200, played: 1_200) }
        }
        let right = told.end(at: 2_000).right
        #expect(right.prefix(5).allSatisfy { $0 == 0 })
        #expect(right[5..<45].allSatisfy { $0 == 7 } && right[45..<60].allSatisfy { $0 == 0 })
        #expect(right[60] == 9 && right[61...].allSatisfy { $0 == 0 })
    }

    @Test func `Jitter of the network moves nothing`() throws {
        var told = try Told()
        for frame in 0..<200 {
            // Every tenth frame is 60 ms late, and those behind it with it.
            let late = frame % 10 == 5 ? 60 : frame % 10 == 6 ? 40 : frame % 10 == 7 ? 20 : 0
            told.caller(Int16(frame + 1), at: 20 * frame + 20 + late)
            if frame == 100 { told.bot(5, at: 2_100, played: 2_140) }
        }
        let (left, right) = told.end(at: 4_000)
        #expect(left == (1...200).map { Int16($0) })
        #expect(right.firstIndex(of: 5) == 107)
    }

    @Test func `A platform that sends nothing for a while leaves a gap, and both sides stay together`() throws {
        var told = try Told()
        for frame in 0..<50 { told.caller(1, at: 20 * frame + 20) }
        for frame in 50..<150 { told.bot(3, at: 20 * frame, played: 20 * frame) }
        // The caller goes on two seconds later, as if nothing had been.
        for frame in 150..<250 {
            told.caller(2, at: 20 * frame + 20)
            if frame == 200 { told.bot(4, at: 4_000, played: 4_000) }
        }
        let (left, right) = told.end(at: 5_000)
        let mute = try #require(left.firstIndex(of: 0))
        let second = try #require(left.firstIndex(of: 2))
        #expect(mute == 50 && abs(second - 150) <= 1)
        #expect(right[50..<150].allSatisfy { $0 == 3 })
        let last = try #require(right.firstIndex(of: 4))
        #expect(abs(last - 200) <= 1)
    }

    @Test func `The first audio of a platform that begins late lies late`() throws {
        var told = try Told()
        for frame in 25..<100 { told.caller(1, at: 20 * frame + 20) }
        told.bot(5, at: 1_980, played: 1_980)
        let (left, right) = told.end(at: 2_020)
        #expect(left.firstIndex(of: 1) == 25 && left.lastIndex(of: 1) == 99)
        #expect(right.firstIndex(of: 5) == 99)
    }

    @Test func `A delay that marks tell moves the stretch it was measured in`() throws {
        var told = try Told()
        for frame in 0..<100 {
            told.caller(1, at: 20 * frame + 20)
            if (10..<60).contains(frame) {
                told.bot(5, at: 20 * frame, played: 20 * frame, delay: frame < 20 ? nil : 120)
            }
            if frame == 80 { told.bot(6, at: 1_600, played: 1_600, delay: 120) }
        }
        let right = told.end(at: 2_000).right
        #expect(right.firstIndex(of: 5) == 16 && right.lastIndex(of: 5) == 65)
        #expect(right.firstIndex(of: 6) == 86)
    }

    @Test func `A pause is silence of its length`() throws {
        var told = try Told()
        for frame in 0..<100 {
            let isPaused = (40..<60).contains(frame)
            if isPaused { told.unheardCaller(at: 20 * frame + 20) } else { told.caller(1, at: 20 * frame + 20) }
            if isPaused {
                told.pausedBot(at: 20 * frame, played: 20 * frame)
            } else {
                told.bot(2, at: 20 * frame, played: 20 * frame)
            }
            // Nor is what is final older for it.
            if frame > 25 { #expect(told.drained == 20 * frame + 20 - 400) }
        }
        let (left, right) = told.end(at: 2_000)
        let expected =
            [Int16](repeating: 1, count: 40) + [Int16](repeating: 0, count: 20) + [Int16](repeating: 1, count: 40)
        #expect(left == expected)
        #expect(right == expected.map { 2 * $0 })
    }

    @Test func `The platform's clock may be slower or faster`() throws {
        for drift in [-4, 4] {
            var told = try Told()
            var last = 0
            // A hundred parts in a million, eight minutes: 50 ms. What the clock does in ten hours AlignmentTests see.
            for frame in 0..<25_000 {
                last = 20 * frame + 20 + frame * drift / 2_000
                told.caller(1, at: last)
            }
            told.bot(7, at: last, played: last)
            told.caller(1, at: last + 20)
            told.caller(1, at: last + 40)
            let right = told.end(at: last + 40).right
            let place = try #require(right.firstIndex(of: 7))
            #expect(abs(place - 25_000) <= 1, "drift \(drift)")
        }
    }
}
