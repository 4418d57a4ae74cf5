// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

/// A platform's rules for the sizes of messages, held by the pacer.
@Suite("Sizes of messages") struct FramingTests {
    /// At least 3200 bytes, in steps of 320.
    static let large = AudioFraming(
        bytesPerFrame: 3_200,
        minimumBytes: 3_200,
        maximumBytes: 100_000,
        multipleOfBytes: 320
    )

    /// A driver whose platform has these rules.
    private func driver(_ framing: AudioFraming, bot: AudioFormat = .linear8kHz) -> Driver {
        var driver = Driver(bot: bot, starts: false)
        driver.session.framing = framing
        driver.start()
        driver.timeline.removeAll()
        return driver
    }

    @Test(
        "a prompt's rest goes with the message before",
        arguments: [
            (1, [3_200]), (1_600, [3_200]), (1_601, [3_520]), (3_040, [6_080]),
            (8_000, [3_200, 3_200, 3_200, 3_200, 3_200]),
        ]
    )
    func rest(samples: Int, sizes: [Int]) {
        var driver = driver(Self.large)
        let spoken = [Int16](repeating: 1_000, count: samples)
        driver.play(1, spoken)
        driver.run(until: 3_000)
        #expect(driver.frames.map(\.bytes) == sizes)
        let total = sizes.reduce(0, +)
        #expect(driver.written.count == total)
        #expect(driver.written.prefix(samples * 2).allSatisfy { $0 != 0 })
        #expect(driver.written.dropFirst(samples * 2).allSatisfy { $0 == 0 })
    }

    @Test("long messages leave before the one before has played out")
    func early() {
        var driver = driver(Self.large)
        driver.play(1, [Int16](repeating: 1, count: 16_000))
        driver.run(until: 3_000)
        #expect(driver.frames.map(\.time).prefix(3) == [0, 140_000_000, 340_000_000])
        #expect(driver.session.summary.underruns == 0)
    }

    @Test("no sample of a converted prompt is lost to the look ahead", arguments: [159, 160, 3_199, 3_201, 9_999])
    func converted(samples: Int) {
        var driver = driver(Self.large, bot: .linear16kHz)
        driver.play(1, [Int16](repeating: 9, count: samples))
        driver.run(until: 3_000)
        let bytes = driver.frames.map(\.bytes)
        #expect(bytes.allSatisfy { $0 >= 3_200 && $0.isMultiple(of: 320) })
        #expect(bytes.reduce(0, +) >= (samples + 1) / 2 * 2)
        #expect(bytes.reduce(0, +) < max(3_200, samples + 320) + 2)
    }

    @Test("nothing goes while the platform holds, and all goes after")
    func held() {
        var driver = Driver()
        driver.receive(.held(true))
        driver.play(1, [Int16](repeating: 1, count: 320))
        driver.run(until: 100)
        #expect(driver.frames.isEmpty)
        driver.receive(.held(false))
        driver.run(until: 200)
        #expect(driver.frames.count == 2)
    }

    @Test("a clear ends what the platform held back for")
    func heldUntilCleared() {
        var driver = Driver()
        driver.play(1, [Int16](repeating: 1, count: 1_600))
        driver.run(until: 20)
        driver.receive(.held(true))
        let sent = driver.frames.count
        driver.ask(.flush)
        driver.play(2, [Int16](repeating: 1, count: 320))
        driver.run(until: 200)
        #expect(driver.frames.count == sent + 2)
    }
}
