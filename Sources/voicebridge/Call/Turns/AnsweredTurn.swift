// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// One time that the caller spoke and was answered, as the caller's end of the line has it; times count from `start`.
struct AnsweredTurn: Equatable {
    /// From the caller's first word to the last.
    var spoke: Range<Duration>
    /// When the answer's first message arrived; nil when the line was busy with audio all the time.
    var arrived: Duration?
    /// When the caller heard its first sound.
    var heard: Duration

    /// The turns of a call.
    ///
    /// A turn is the last that the caller said before the bot began to sound. What overlaps with the bot's beginning is
    /// no turn: the bot did not wait for its end.
    ///
    /// - Parameters:
    ///   - caller: what the caller said, from `start` on.
    ///   - heard: what the caller heard, from `start` on.
    ///   - rate: of what the caller heard, in hertz.
    ///   - callerRate: of what the caller said, in hertz; nil for the same.
    ///   - arrivals: when messages of audio arrived after none had, in order.
    /// - Returns: the turns in order.
    static func find(
        caller: [Int16],
        heard: [Int16],
        rate: Int,
        callerRate: Int? = nil,
        arrivals: [Duration]
    ) -> [AnsweredTurn] {
        let callerRate = callerRate ?? rate
        let speech = LineSound.speech(in: caller, rate: callerRate).map {
            time($0.lowerBound, callerRate)..<time($0.upperBound, callerRate)
        }
        var turns: [AnsweredTurn] = []
        var before = Duration.zero
        for heard in LineSound.onsets(in: heard, rate: rate).map({ time($0, rate) }) {
            defer { before = heard }
            guard let spoke = speech.last(where: { $0.lowerBound < heard }),
                (before..<heard).contains(spoke.upperBound)
            else { continue }
            let arrived = arrivals.last { $0 >= spoke.upperBound && $0 <= heard }
            turns.append(AnsweredTurn(spoke: spoke, arrived: arrived, heard: heard))
        }
        return turns
    }

    /// The turns of a call that is over, of a caller whose sound has this rate.
    static func find(in result: SimulatedCallResult, caller: [Int16], at callerRate: Int) -> [AnsweredTurn] {
        guard let start = result.timeline.first(where: { $0.direction == .sent && $0.text == "start" }) else {
            return []
        }
        let arrivals = result.timeline.filter { $0.direction == .received && $0.text == "audio begins" }
        return find(
            caller: caller,
            heard: result.heard,
            rate: result.sampleRate,
            callerRate: callerRate,
            arrivals: arrivals.map { $0.time - start.time }
        )
    }

    private static func time(_ samples: Int, _ rate: Int) -> Duration {
        .microseconds(Int64(samples) * 1_000_000 / Int64(rate))
    }
}

extension AnsweredTurn {
    /// The turn as lines: what was said when, and where the time to the answer went.
    func lines(_ number: Int) -> [String] {
        var stages: [Waterfall.Stage] = []
        if let arrived { stages.append(Waterfall.Stage("answer arrives", arrived - spoke.upperBound)) }
        stages.append(Waterfall.Stage("answer heard", heard - spoke.upperBound))
        let (from, to) = (spoke.lowerBound / .seconds(1), spoke.upperBound / .seconds(1))
        let title = "turn \(number): spoke \(CallStory.fixed(from, 3)) to \(CallStory.fixed(to, 3)) s"
        return [title] + Waterfall.lines(stages)
    }
}
