// SPDX-License-Identifier: Apache-2.0

/// Fills gaps in a voice stream with a continuation of what was heard, as ITU-T G.711 Appendix I describes it.
///
/// Feed it every frame of 10 ms in order, received or lost. Received frames come out 3.75 ms late (`outputDelay`), so
/// that the first lost frame can be blended in before the gap. A gap repeats the last pitch period of the voice; from
/// the second lost frame on the last two, from the third the last three periods, each change cross-faded; after 10 ms
/// the repetition fades by a fifth of the first frame's level per frame, and after 60 ms there is silence. Where the
/// voice returns, the repetition is cross-faded into it, 4 ms longer for each lost frame after the first, at most
/// 10 ms.
///
/// Works at 8 kHz, as the recommendation does, and at whole multiples of it with all lengths in proportion. Nothing
/// is allocated after `init`.
package struct PacketLossConcealer: Sendable {
    /// All lengths in samples.
    struct Lengths: Sendable {
        let frame: Int
        let minimumPitch: Int
        let maximumPitch: Int
        /// A quarter of the longest pitch period: what is held back, and the longest blend inside a repetition.
        let overlap: Int
        /// What the pitch is searched in.
        let correlation: Int
        /// Step of the rough search.
        let decimation: Int
        let overlapGrowth: Int
        let history: Int

        init(scale: Int) {
            frame = 80 * scale
            minimumPitch = 40 * scale
            maximumPitch = 120 * scale
            overlap = 30 * scale
            correlation = 160 * scale
            decimation = 2 * scale
            overlapGrowth = 32 * scale
            history = 390 * scale
        }
    }

    let lengths: Lengths
    /// The past of the output and, at its end, `overlap` samples that are not out yet.
    var history: [Float]
    /// The history as it was when the gap began.
    var voice: [Float]
    /// The same, its end blended so that its last periods can be repeated.
    var repeated: [Float]
    /// The frame at work.
    var work: [Float]
    /// Lost frames in a row.
    package internal(set) var lostFrames = 0
    var pitch = 0
    /// Samples of the repetition: one to three periods.
    var repetition = 0
    /// Place in the repetition.
    var phase = 0

    /// A concealer for one stream.
    ///
    /// - Parameter rate: 8000, 16000, 24000 or 48000 Hz; nil for 44100, of which 8000 is no divisor.
    package init?(rate: SampleRate = .hz8000) {
        guard rate.rawValue % 8000 == 0 else { return nil }
        lengths = Lengths(scale: rate.rawValue / 8000)
        history = [Float](repeating: 0, count: lengths.history)
        voice = [Float](repeating: 0, count: lengths.history)
        repeated = [Float](repeating: 0, count: lengths.history)
        work = [Float](repeating: 0, count: lengths.frame)
    }

    /// Samples of a frame: 10 ms.
    package var frameSamples: Int { lengths.frame }
    /// By how many samples the output is late: 3.75 ms.
    package var outputDelay: Int { lengths.overlap }
    /// The last pitch period found, in samples.
    package var pitchPeriod: Int { pitch }

    /// Takes a received frame and writes the frame to play, which began `outputDelay` samples earlier.
    ///
    /// Both hold `frameSamples` samples.
    package mutating func receive(_ frame: Span<Int16>, into output: inout MutableSpan<Int16>) {
        precondition(
            frame.count == lengths.frame && output.count == lengths.frame,
            "a frame is \(lengths.frame) samples"
        )
        for index in 0..<lengths.frame { work[index] = Float(frame[index]) }
        if lostFrames > 0 { blendIntoVoice() }
        lostFrames = 0
        emit(into: &output)
    }

    /// Writes the frame to play in place of a lost one.
    package mutating func conceal(into output: inout MutableSpan<Int16>) {
        precondition(output.count == lengths.frame, "a frame is \(lengths.frame) samples")
        if lostFrames == 0 { beginGap() } else { continueGap() }
        lostFrames += 1
        emit(into: &output)
    }

    /// Goes back to the beginning of a stream, with silence before it.
    package mutating func reset() {
        for index in history.indices { history[index] = 0 }
        lostFrames = 0
    }

    /// Appends the frame to the history and writes what has become due.
    private mutating func emit(into output: inout MutableSpan<Int16>) {
        let (frame, keep) = (lengths.frame, lengths.history - lengths.frame)
        for index in 0..<keep { history[index] = history[index + frame] }
        for index in 0..<frame { history[keep + index] = work[index] }
        let start = keep - lengths.overlap
        for index in 0..<frame {
            output[index] = Int16(min(max(history[start + index], -32768), 32767).rounded())
        }
    }
}
