// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dispatch
import Testing

@Suite struct AudioTapTests {
    private static let now = CallInstant(nanoseconds: 5_000_000_000)

    private static func tap(_ length: Duration = .seconds(1)) -> AudioTap {
        AudioTap(name: "a.wav", format: .linear8kHz, outboundFormat: .muLaw8kHz, length: length)
    }

    private static func tell(_ tap: AudioTap, _ number: Int, count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ number) }
        let entry = TapEntry(.caller, byteCount: count, at: now, first: Int64(number), second: -7)
        unsafe tap.tell(entry, bytes.span.bytes)
    }

    @Test func `What is told comes out in order and whole, however often the ring goes round`() {
        let tap = Self.tap()
        var bytes: [UInt8] = [9]
        #expect(tap.next(&bytes) == nil)
        for number in 0..<5_000 {
            // Lengths that fill no whole words, so that pieces cross the ring's end in every way.
            let count = 1 + number * 37 % 331
            Self.tell(tap, number, count: count)
            if number % 3 == 0 { tap.tell(TapEntry(.cut, at: Self.now, first: 12)) }
            let entry = tap.next(&bytes)
            #expect(entry == TapEntry(.caller, byteCount: count, at: Self.now, first: Int64(number), second: -7))
            #expect(bytes == (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ number) })
            if number % 3 == 0 { #expect(tap.next(&bytes) == TapEntry(.cut, at: Self.now, first: 12) && bytes.isEmpty) }
        }
        #expect(tap.next(&bytes) == nil && tap.droppedBytes == 0)
    }

    @Test func `Audio without room is dropped and counted, what is not audio still fits`() {
        let tap = Self.tap(.seconds(2))
        var told = 0
        while tap.droppedBytes == 0 {
            Self.tell(tap, told, count: 320)
            told += 1
        }
        #expect(told > 100 && tap.droppedBytes == 320)
        tap.tell(TapEntry(.cut, at: Self.now, first: 4))
        tap.tell(TapEntry(.ended, at: Self.now))
        #expect(tap.isOver)
        var kinds: [TapEntry.Kind] = []
        var bytes: [UInt8] = []
        while let entry = tap.next(&bytes) { kinds.append(entry.kind) }
        #expect(kinds == [TapEntry.Kind](repeating: .caller, count: told - 1) + [.cut, .ended])
        // There is room again.
        Self.tell(tap, 1, count: 320)
        #expect(tap.next(&bytes)?.byteCount == 320 && tap.droppedBytes == 320)
    }

    @Test func `A reader on another thread gets everything`() {
        let tap = Self.tap(.seconds(60))
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var sum = 0
        DispatchQueue(label: "reader").async {
            var bytes: [UInt8] = []
            while true {
                guard let entry = tap.next(&bytes) else { continue }
                if entry.kind == .ended { break }
                unsafe sum += Int(entry.first) * bytes.count
            }
            done.signal()
        }
        var expected = 0
        for number in 0..<2_000 {
            Self.tell(tap, number, count: 40 + number % 300)
            expected += number * (40 + number % 300)
        }
        tap.tell(TapEntry(.ended, at: Self.now))
        done.wait()
        #expect(unsafe sum == expected && tap.droppedBytes == 0)
    }
}
