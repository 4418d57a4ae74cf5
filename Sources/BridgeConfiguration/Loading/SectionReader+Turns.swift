// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// `barge_in` of one route.
    func readBargeIn(_ section: MappingReader?) -> BargeInSettings {
        var bargeIn = BargeInSettings()
        guard var section else { return bargeIn }
        bargeIn.speech = section.flag("speech", default: bargeIn.speech)
        bargeIn.debounce = section.duration("debounce", in: .zero ... .seconds(2), default: bargeIn.debounce)
        bargeIn.margin = section.integer("margin", in: 0...30, default: bargeIn.margin)
        bargeIn.confirmation =
            section.duration("confirmation", in: .zero ... .seconds(5), default: bargeIn.confirmation)
        bargeIn.echoGuard = section.flag("echo_guard", default: bargeIn.echoGuard)
        bargeIn.echoTail = section.duration("echo_tail", in: .zero ... .seconds(2), default: bargeIn.echoTail)
        section.finish()
        return bargeIn
    }

    /// `turn` of one route.
    func readTurn(_ section: MappingReader?) -> TurnSettings {
        var turn = TurnSettings()
        guard var section else { return turn }
        turn.speechOnset =
            section.duration("speech_onset", in: .milliseconds(20) ... .milliseconds(500), default: turn.speechOnset)
        turn.hangOver = section.duration("hang_over", in: .milliseconds(100) ... .seconds(2), default: turn.hangOver)
        turn.minimumWait = section.duration("minimum_wait", in: .zero ... .seconds(5), default: turn.minimumWait)
        turn.maximumWait = section.duration("maximum_wait", in: .zero ... .seconds(30), default: turn.maximumWait)
        turn.longest = section.duration("longest", in: .seconds(1) ... .seconds(3_600), default: turn.longest)
        turn.idle = section.durationOrOff("idle", in: .seconds(1) ... .seconds(3_600), default: turn.idle)
        turn.idleRepeats = section.integer("idle_repeats", in: 1...100, default: turn.idleRepeats)
        section.finish()
        return turn
    }
}
