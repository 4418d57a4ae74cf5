// SPDX-License-Identifier: Apache-2.0

@testable import LoadTesting

/// A call's frames as numbers, and what a check finds in them.
///
/// A frame is told by its place in the stream of its tone; `nil` is a frame of silence.
struct ToneLine {
    var frequency = ToneScale.frequency(ofCall: 0)
    var sampleRate = 8_000
    var frameMilliseconds = 20

    /// Samples that a frame is late in the stream.
    var delay = 5

    /// What a check finds in frames of tones, in order.
    func findings(_ frames: [(frequency: Int, frame: Int)?]) -> [ToneFinding] { findings(in: sound(of: frames)) }

    /// What a check finds in sound.
    func findings(in sound: [Float]) -> [ToneFinding] { check(sound).findings }

    /// What a check finds in sound, and what the check is at the end.
    func check(_ sound: [Float]) -> (findings: [ToneFinding], end: ToneCheck) {
        var check = ToneCheck(frequency: frequency, sampleRate: sampleRate, frameMilliseconds: frameMilliseconds)
        let meter = ToneMeter(frequency: frequency, sampleRate: sampleRate, window: check.windowSamples)
        var findings: [ToneFinding] = []
        for start in stride(from: 0, through: sound.count - check.windowSamples, by: check.windowSamples) {
            let window = Array(sound[start..<start + check.windowSamples])
            if let finding = check.observe(meter.measure(window.span), window.span) { findings.append(finding) }
        }
        return (findings, check)
    }

    /// The sound of frames.
    func sound(of frames: [(frequency: Int, frame: Int)?]) -> [Float] {
        let length = sampleRate * frameMilliseconds / 1_000
        var seconds: [Int: [Int16]] = [:]
        var sound: [Float] = []
        for frame in frames {
            guard let frame else {
                sound.append(contentsOf: repeatElement(0, count: length))
                continue
            }
            let known = seconds[frame.frequency]
            let second = known ?? ToneScale.second(of: frame.frequency, sampleRate: sampleRate)
            seconds[frame.frequency] = second
            for place in frame.frame * length - delay..<(frame.frame + 1) * length - delay {
                sound.append(Float(second[(place % sampleRate + sampleRate) % sampleRate]))
            }
        }
        return sound
    }

    /// Frames of the call's own tone.
    func own(_ frames: some Sequence<Int>) -> [(frequency: Int, frame: Int)?] {
        frames.map { (frequency, $0) }
    }
}
