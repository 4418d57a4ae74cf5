// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

/// How often the detectors are right, over calls put together from seeds; the figures are printed.
struct AnsweringAccuracyTests {
    static let calls: UInt64 = 30

    @Test func `people and machines are told apart`() throws {
        var (people, machines) = (0, 0)
        for seed in 0..<Self.calls {
            let person = try AnsweredCall(personFrom: seed)
            let first = AnsweringMachineTests.findings(person.sound, noise: person.noise).map(\.evidence)
            if case .silenceAfterGreeting? = first.first(where: { $0 != .nobodySpoke }) { people += 1 }
            let machine = try AnsweredCall(machineFrom: seed)
            let found = AnsweringMachineTests.findings(machine.sound, noise: machine.noise)
            if case .longGreeting? = found.first?.evidence { machines += 1 }
        }
        print("answering: \(people) of \(Self.calls) people and \(machines) of \(Self.calls) machines recognised")
        #expect(people == Self.calls)
        #expect(machines == Self.calls)
    }

    @Test func `beeps are heard at their end`() throws {
        var (heard, wrong, latest) = (0, 0, 0)
        for seed in 0..<Self.calls {
            let call = try AnsweredCall(machineFrom: seed)
            let end = try #require(call.beepEnd)
            for signal in BeepDetectorTests.signals(call.sound.heard(noise: call.noise)) {
                let late = signal.position / 8 - end
                guard signal.kind == .beep, (0...200).contains(late) else {
                    wrong += 1
                    continue
                }
                heard += 1
                latest = max(latest, late)
            }
        }
        print("answering: \(heard) of \(Self.calls) beeps heard, \(wrong) false ones, at most \(latest) ms late")
        #expect(heard == Self.calls && wrong == 0 && latest <= 150)
    }

    @Test(arguments: [2.0, 10, 20])
    func `no beep in noisy speech and babble`(decibels: Double) throws {
        let material = try SpeechMaterial()
        for isBabble in [false, true] {
            #expect(BeepDetectorTests.signals(material.noisy(decibels, babble: isBabble)) == [])
        }
    }

    @Test func `no beep in music`() {
        var (seconds, found) = (0, 0)
        for instrument in LineSound.Instrument.allCases {
            for seed in 0..<2 as Range<UInt64> {
                let samples = LineSound.music(instrument, seconds: 20, seed: seed).heard(noise: 10)
                let signals = BeepDetectorTests.signals(samples)
                #expect(signals == [], "\(instrument), \(seed)")
                found += signals.count
                seconds += samples.count / 8000
            }
        }
        print("answering: \(found) beeps in \(seconds) s of music")
    }
}
