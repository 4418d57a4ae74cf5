// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

struct StereoWAVRecorderTests {
    /// A file as a disk would hold it.
    struct File {
        var bytes: [UInt8]
        /// The file after each write, as a crash right behind it would leave it.
        var states: [[UInt8]] = []

        init(_ recorder: StereoWAVRecorder) {
            bytes = recorder.header
        }

        mutating func take(_ recorder: inout StereoWAVRecorder, to position: Int, buffer size: Int = 640) {
            var buffer = [UInt8](repeating: 0, count: size)
            while true {
                var span = buffer.mutableSpan
                let count = recorder.drain(to: position, into: &span)
                if count == 0 { return }
                bytes += buffer.prefix(count)
                states.append(bytes)
                if let header = recorder.headerUpdate() {
                    bytes.replaceSubrange(0..<header.count, with: header)
                    states.append(bytes)
                }
            }
        }

        /// Left or right.
        func channel(_ number: Int) -> [Int16] {
            stride(from: 44 + 2 * number, to: bytes.count - 1, by: 4).map {
                Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
            }
        }
    }

    static func ramp(_ count: Int, from start: Int = 1) -> [Int16] { (0..<count).map { Int16(($0 + start) % 30000) } }

    @Test func `both sides lie where the clock says, gaps are silence`() {
        var recorder = StereoWAVRecorder(rate: .hz8000, seconds: 2)
        var file = File(recorder)
        recorder.recordCaller(Self.ramp(160).span, at: 0)
        recorder.recordBot(Self.ramp(100).span, at: 250)
        recorder.recordCaller(Self.ramp(160, from: 1000).span, at: 320)
        file.take(&recorder, to: 480, buffer: 37)
        #expect(file.channel(0) == Self.ramp(160) + [Int16](repeating: 0, count: 160) + Self.ramp(160, from: 1000))
        #expect(
            file.channel(1) == [Int16](repeating: 0, count: 250) + Self.ramp(100) + [Int16](repeating: 0, count: 130)
        )
        #expect(recorder.drained == 480 && recorder.lateSamples == 0 && recorder.earlySamples == 0)
    }

    @Test func `clicks of a long call stay aligned through the ring`() {
        var recorder = StereoWAVRecorder(rate: .hz8000, seconds: 1)
        var file = File(recorder)
        var chunk = [Int16](repeating: 0, count: 160)
        // A click on both sides every 1001 samples; the bot is laid half a second ahead.
        func clicks(at position: Int) -> [Int16] {
            chunk.indices.forEach { chunk[$0] = (position + $0) % 1001 == 0 ? 20000 : 0 }
            return chunk
        }
        for number in 0..<1000 {
            recorder.recordCaller(clicks(at: number * 160).span, at: number * 160)
            recorder.recordBot(clicks(at: number * 160 + 4000).span, at: number * 160 + 4000)
            if number % 25 == 24 { file.take(&recorder, to: number * 160 + 160) }
        }
        let (left, right) = (file.channel(0), file.channel(1))
        #expect(left.count == 160_000 && right.count == 160_000)
        #expect(left.indices.allSatisfy { (left[$0] != 0) == ($0 % 1001 == 0) })
        #expect(right.indices.allSatisfy { (right[$0] != 0) == ($0 % 1001 == 0 && $0 >= 4000) })
    }

    @Test func `what the bot did not get to say is cut`() {
        var recorder = StereoWAVRecorder(rate: .hz8000, seconds: 1)
        var file = File(recorder)
        recorder.recordBot(Self.ramp(4000).span, at: 100)
        file.take(&recorder, to: 1000)
        recorder.cutBot(from: 1500)
        recorder.recordBot(Self.ramp(50, from: 7).span, at: 2000)
        file.take(&recorder, to: 3000)
        let expected: [Int16] =
            [Int16](repeating: 0, count: 100) + Self.ramp(1400) + [Int16](repeating: 0, count: 500)
            + Self.ramp(50, from: 7)
        #expect(file.channel(1) == expected + [Int16](repeating: 0, count: 950))
    }

    @Test func `what is late or too early is dropped and counted`() {
        var recorder = StereoWAVRecorder(rate: .hz8000, seconds: 1)
        var file = File(recorder)
        file.take(&recorder, to: 1000)
        recorder.recordCaller(Self.ramp(160).span, at: 900)
        #expect(recorder.lateSamples == 100)
        recorder.recordCaller(Self.ramp(160).span, at: 0)
        #expect(recorder.lateSamples == 260)
        recorder.recordBot(Self.ramp(160).span, at: 8950)
        #expect(recorder.earlySamples == 110)
        recorder.recordBot(Self.ramp(160).span, at: 1_000_000)
        #expect(recorder.earlySamples == 270)
        file.take(&recorder, to: 9000)
        #expect(Array(file.channel(0)[1000..<1060]) == Array(Self.ramp(160)[100...]))
        #expect(Array(file.channel(1)[8950...]) == Array(Self.ramp(50)))
    }

    @Test func `a crash after any write leaves a valid file`() throws {
        var recorder = StereoWAVRecorder(rate: .hz8000)
        var file = File(recorder)
        for number in 0..<200 {
            recorder.recordCaller(Self.ramp(160, from: number * 160).span, at: number * 160)
            file.take(&recorder, to: number * 160 + 160)
        }
        #expect(file.states.count > 200)
        var claimed = 0
        for number in stride(from: 0, to: file.states.count, by: 3) {
            let state = file.states[number]
            let found = try WAVFile.parse(state)
            #expect(found.format == WAVFormat(encoding: .pcm(bytes: 2), channels: 2, rate: 8000))
            let present = (state.count - 44) / 4
            // At most a second is behind the claim, and never is more claimed than there is.
            #expect(found.samples.count <= present && found.samples.count > present - 8160)
            #expect(found.samples.count >= claimed || found.isOpenEnded)
            if !found.isOpenEnded { claimed = found.samples.count }
        }
        #expect(claimed >= 3 * 8000)
        let final = recorder.finalHeader()
        #expect(final.count == 44)
        let whole = try WAVFile.parse(final + file.bytes[44...])
        #expect(whole.samples.count == 32000 && !whole.isOpenEnded)
    }

    @Test func `a crash at any byte leaves a valid file that can be repaired`() throws {
        var recorder = StereoWAVRecorder(rate: .hz16000)
        var file = File(recorder)
        recorder.recordCaller(Self.ramp(40).span, at: 0)
        file.take(&recorder, to: 40)
        for length in 44...file.bytes.count {
            let stump = Array(file.bytes[0..<length])
            #expect(try WAVFile.parse(stump).samples.count == (length - 44) / 4)
            let header = try #require(StereoWAVRecorder.repairedHeader(rate: .hz16000, fileBytes: length))
            let repaired = try WAVFile.parse(header + stump[44...])
            #expect(repaired.samples.count == (length - 44) / 4 && repaired.rate == 16000)
            #expect(!repaired.isOpenEnded || length < 48)
        }
        #expect(StereoWAVRecorder.repairedHeader(rate: .hz16000, fileBytes: 43) == nil)
    }
}
