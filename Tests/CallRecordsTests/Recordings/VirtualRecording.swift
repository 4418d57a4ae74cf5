// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import CallSession
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import CallRecords

/// Hands one call a tap, which the test empties.
final class TestRecorder: AudioRecorder {
    private let made = Mutex<AudioTap?>(nil)
    private let length: Duration

    init(length: Duration = .seconds(4)) { self.length = length }

    var tap: AudioTap? { made.withLock { $0 } }

    func makeTap(for start: CallStart, route: String, observer: any CallObserver) -> AudioTap? {
        let tap = AudioTap(
            name: "test.wav",
            format: start.format,
            outboundFormat: start.outboundFormat,
            length: length
        )
        made.withLock { $0 = tap }
        return tap
    }
}

/// A call in virtual time whose recording is mixed as it goes.
struct VirtualRecording {
    private(set) var left: [Int16] = []
    private(set) var right: [Int16] = []
    let result: SimulatedCallResult
    /// Figures of the call.
    let summary: CallSummary?

    /// Runs a call to its end.
    init(
        _ call: SimulatedCallConfiguration,
        bot: any ConversationHandler,
        latency: Duration = .zero,
        rules: RecordingRules = RecordingRules(pausesForDigits: false)
    ) throws {
        let recorder = TestRecorder()
        let options = BotOptions(["marks": .flag(true)])
        let frame = Duration.milliseconds(call.frameMilliseconds)
        let bridge = try VirtualBridge(bot: bot, dialectOptions: options, recorder: recorder) {
            $0.frame = frame
            $0.recording = rules
            $0.detectsSpeech = false
            $0.examinesAudio = false
        }
        var virtual = VirtualCall(call, server: bridge, latency: latency)
        var pump = Pump(recorder: recorder)
        while !virtual.platform.isOver, virtual.step(before: .seconds(3 * 3_600)) { pump.turn() }
        summary = bridge.settle(from: virtual.now)
        pump.turn()
        result = virtual.result
        let count = pump.bytes.count / 4
        left = (0..<count).map { pump.sample(4 * $0) }
        right = (0..<count).map { pump.sample(4 * $0 + 2) }
    }

    private struct Pump {
        let recorder: TestRecorder
        var mixer: RecordingMixer?
        var bytes: [UInt8] = []
        private var payload: [UInt8] = []

        init(recorder: TestRecorder) { self.recorder = recorder }

        mutating func turn() {
            guard let tap = recorder.tap else { return }
            while let entry = tap.next(&payload) {
                if mixer == nil {
                    mixer = RecordingMixer(entry, format: tap.format, outboundFormat: tap.outboundFormat)
                }
                mixer?.take(entry, payload)
                mixer?.drain(at: entry.time, into: &bytes)
            }
        }

        func sample(_ place: Int) -> Int16 {
            Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
        }
    }

    /// Where a channel has clicks.
    static func clicks(_ samples: [Int16]) -> [Int] { samples.indices.filter { samples[$0] > 20_000 } }
}

/// Plays trains of clicks, each of its own length, until the caller leaves; keys interrupt it.
struct Clicker: ConversationHandler {
    var audioFormat: AudioFormat { .linear8kHz }

    func converse(on call: Call) async throws {
        var length = 3_000
        while true {
            length = length * 7 % 30_011 + 2_000
            var samples = [Int16](repeating: 0, count: length)
            for place in stride(from: 100, to: length, by: 1_013) { samples[place] = 30_000 }
            try await call.play(Prompt(AudioChunk(linear: samples, format: .linear8kHz, position: 0)))
            _ = try await call.digits(DigitCollection(firstDigitTimeout: .milliseconds(300 + length % 700)))
        }
    }
}
