// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct ChunkerTests {
    /// Feeds 1, 2, 3, … in chunks and collects the frames, the last one padded.
    static func frames(of count: Int, size: Int, chunks: [Int]) -> (frames: [[Int16]], padding: Int) {
        var chunker = Chunker(frameSize: size, capacity: size + (chunks.max() ?? 0))
        let signal = (1...max(count, 1)).prefix(count).map { Int16($0) }
        var frame = [Int16](repeating: -1, count: size)
        var frames: [[Int16]] = []
        var start = 0
        var turn = 0
        while start < count {
            let end = min(start + chunks[turn % chunks.count], count)
            turn += 1
            chunker.append(signal.span.extracting(start..<end))
            start = end
            while true {
                var span = frame.mutableSpan
                if !chunker.next(into: &span) { break }
                frames.append(frame)
            }
        }
        var span = frame.mutableSpan
        if chunker.finish(into: &span) > 0 { frames.append(frame) }
        #expect(chunker.droppedSamples == 0 && chunker.waitingSamples == 0)
        return (frames, chunker.paddingSamples)
    }

    @Test(arguments: [0, 1, 159, 160, 161, 882, 1000], [[160], [1], [7, 200, 3], [882]])
    func `frames hold every sample once, zeros behind the last`(count: Int, chunks: [Int]) {
        let (frames, padding) = Self.frames(of: count, size: 160, chunks: chunks)
        #expect(frames.allSatisfy { $0.count == 160 })
        #expect(frames.flatMap { $0 } == (0..<frames.count * 160).map { $0 < count ? Int16($0 + 1) : 0 })
        #expect(frames.count == (count + 159) / 160 && padding == frames.count * 160 - count)
    }

    @Test(arguments: zip(SampleRate.allCases, [160, 320, 480, 882, 960]))
    func `20 ms is the default`(rate: SampleRate, samples: Int) {
        #expect(Chunker(rate: rate).frameSize == samples)
    }

    @Test func `the oldest samples make room and are counted`() {
        var chunker = Chunker(frameSize: 4, capacity: 10)
        let dropped = [chunker.append(Array(0..<8)), chunker.append(Array(8..<13))]
        #expect(dropped == [0, 3])
        var frame = [Int16](repeating: 0, count: 4)
        var span = frame.mutableSpan
        let filled = chunker.next(into: &span)
        #expect(filled)
        #expect(frame == [3, 4, 5, 6] && chunker.droppedSamples == 3 && chunker.waitingSamples == 6)
    }

    @Test func `more than the whole ring leaves its end`() {
        var fifo = SampleFIFO(capacity: 5)
        let dropped = [fifo.append([1, 2]), fifo.append(Array(10..<22))]
        #expect(dropped == [0, 9])
        var output = [Int16](repeating: 0, count: 8)
        var span = output.mutableSpan
        let count = fifo.read(into: &span)
        #expect(count == 5)
        #expect(output == [17, 18, 19, 20, 21, 0, 0, 0] && fifo.droppedSamples == 9 && fifo.isEmpty)
    }

    @Test func `a flush forgets what waits and is no loss`() {
        var chunker = Chunker(frameSize: 4, capacity: 8)
        _ = chunker.append([1, 2, 3])
        let removed = chunker.removeAll()
        #expect(removed == 3 && chunker.droppedSamples == 0)
        _ = chunker.append([4, 5, 6, 7])
        var frame = [Int16](repeating: 0, count: 4)
        var span = frame.mutableSpan
        let filled = chunker.next(into: &span)
        #expect(filled)
        #expect(frame == [4, 5, 6, 7])
    }

    @Test func `a ring behaves like a queue over many turns`() {
        var fifo = SampleFIFO(capacity: 37)
        var model: [Int16] = []
        var dropped = 0
        for turn in 0..<500 {
            let chunk = (0..<turn * 7 % 53).map { Int16(turn + $0) }
            _ = fifo.append(chunk)
            model += chunk
            dropped += max(model.count - 37, 0)
            model.removeFirst(max(model.count - 37, 0))
            var output = [Int16](repeating: 0, count: turn * 5 % 23)
            var span = output.mutableSpan
            let count = fifo.read(into: &span)
            #expect(Array(output.prefix(count)) == Array(model.prefix(output.count)))
            model.removeFirst(count)
            #expect(fifo.count == model.count && fifo.droppedSamples == dropped)
        }
    }
}

extension SampleFIFO {
    /// The same from an array.
    fileprivate mutating func append(_ samples: [Int16]) -> Int { append(samples.span) }
}

extension Chunker {
    /// The same from an array.
    fileprivate mutating func append(_ samples: [Int16]) -> Int { append(samples.span) }
}
