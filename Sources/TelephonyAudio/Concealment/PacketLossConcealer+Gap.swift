// SPDX-License-Identifier: Apache-2.0

extension PacketLossConcealer {
    /// The first lost frame: finds the pitch and begins to repeat the last period, blended into what is not out yet.
    mutating func beginGap() {
        pitch = findPitch()
        for index in history.indices {
            voice[index] = history[index]
            repeated[index] = history[index]
        }
        setRepetition(periods: 1)
        // The end of the voice fades into its own repetition, in the samples that were held back.
        let end = lengths.history
        let overlap = pitch / 4
        for index in 0..<overlap { history[end - overlap + index] = repeated[end - overlap + index] }
        phase = 0
        fill(from: 0)
    }

    /// A further one: more periods from the second on, softer and softer.
    mutating func continueGap() {
        let frame = lengths.frame
        guard lostFrames < 6 else {
            for index in 0..<frame { work[index] = 0 }
            return
        }
        if lostFrames <= 2 {
            // The old repetition goes on under the beginning of the new one, which is entered whole periods back.
            let (overlap, entry) = (pitch / 4, phase % pitch)
            for index in 0..<overlap { work[index] = nextRepeated() }
            phase = entry
            setRepetition(periods: lostFrames + 1)
            for index in 0..<overlap {
                let rise = Float(index + 1) / Float(overlap + 1)
                work[index] = work[index] * (1 - rise) + nextRepeated() * rise
            }
            fill(from: overlap)
        } else {
            fill(from: 0)
        }
        let step = 0.2 / Float(frame)
        let start = 1 - 0.2 * Float(lostFrames - 1)
        for index in 0..<frame { work[index] *= max(start - step * Float(index), 0) }
    }

    /// The first frame after a gap: the repetition goes on under its beginning.
    mutating func blendIntoVoice() {
        let overlap = min(pitch / 4 + (lostFrames - 1) * lengths.overlapGrowth, lengths.frame)
        let level = lostFrames >= 6 ? 0 : 1 - 0.2 * Float(lostFrames - 1)
        for index in 0..<overlap {
            let rise = Float(index + 1) / Float(overlap + 1)
            work[index] = work[index] * rise + nextRepeated() * level * (1 - rise)
        }
    }

    private mutating func fill(from start: Int) {
        for index in start..<lengths.frame { work[index] = nextRepeated() }
    }

    private mutating func nextRepeated() -> Float {
        let value = repeated[lengths.history - repetition + phase]
        phase = phase + 1 == repetition ? 0 : phase + 1
        return value
    }

    /// Makes the last `periods` periods of the history a loop whose end fades into what lies before its beginning.
    private mutating func setRepetition(periods: Int) {
        repetition = pitch * periods
        let end = lengths.history
        let overlap = pitch / 4
        for index in 0..<overlap {
            let rise = Float(index + 1) / Float(overlap + 1)
            let place = end - overlap + index
            repeated[place] = voice[place] * (1 - rise) + voice[place - repetition] * rise
        }
    }

    /// The lag between 5 and 15 ms at which the last 20 ms of voice are most like what was before them.
    func findPitch() -> Int {
        let (coarse, fine) = (lengths.decimation, 1)
        let best = bestLag(in: lengths.minimumPitch...lengths.maximumPitch, step: coarse)
        let near = max(best - coarse + 1, lengths.minimumPitch)...min(best + coarse - 1, lengths.maximumPitch)
        return bestLag(in: near, step: fine)
    }

    private func bestLag(in lags: ClosedRange<Int>, step: Int) -> Int {
        let start = lengths.history - lengths.correlation
        let history = history.span
        var (best, bestScore) = (lags.lowerBound, -Float.infinity)
        for lag in stride(from: lags.lowerBound, through: lags.upperBound, by: step) {
            var (product, energy): (Float, Float) = (0, 0)
            for index in stride(from: start, to: lengths.history, by: step) {
                product += history[index] * history[index - lag]
                energy += history[index - lag] * history[index - lag]
            }
            // A floor under the energy keeps faint pasts from looking alike.
            let score = product / max(energy, 1000).squareRoot()
            if score > bestScore { (best, bestScore) = (lag, score) }
        }
        return best
    }
}
