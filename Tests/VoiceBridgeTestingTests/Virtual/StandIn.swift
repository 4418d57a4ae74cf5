// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// A server that says what it was told to say at the times it was told, and knows the platform's messages by name.
struct StandIn: VirtualServer {
    /// Says something when the platform sends an event of that name for the first time.
    struct Reply {
        let event: String
        let output: [VirtualServerOutput]
    }

    private(set) var received: [String] = []
    private(set) var binaries: [[UInt8]] = []
    private(set) var closeCodes: [UInt16?] = []
    private var script: [(time: Duration, output: VirtualServerOutput)]
    private var replies: [Reply]
    private var pending: [VirtualServerOutput] = []
    private let echoes: Bool

    /// - Parameters:
    ///   - script: what is said at which millisecond.
    ///   - replies: what is said in answer to an event. Without others, `stop` is answered by a close with 1000.
    ///   - echoes: whether each media payload goes back as it came.
    init(
        _ script: [(Int, VirtualServerOutput)] = [],
        replies: [Reply] = [Reply(event: "stop", output: [.close(code: 1000, reason: "")])],
        echoes: Bool = false
    ) {
        self.script = script.map { (.milliseconds($0.0), $0.1) }.sorted { $0.time < $1.time }
        self.replies = replies
        self.echoes = echoes
    }

    /// The events that came, by name, media left out.
    var events: [String] { received.compactMap(Self.event).filter { $0 != "media" } }

    mutating func receive(text: String, at now: Duration) {
        received.append(text)
        let event = Self.event(text)
        if echoes, event == "media",
            let payload = text.split(separator: "\"payload\":\"").last?.split(separator: "\"").first
        {
            pending.append(.text(#"{"type":"response.audio.delta","delta":"\#(payload)"}"#))
        }
        guard let index = replies.firstIndex(where: { $0.event == event }) else { return }
        pending += replies.remove(at: index).output
    }

    mutating func receive(binary: [UInt8], at now: Duration) {
        binaries.append(binary)
        if echoes { pending.append(.binary(binary)) }
    }

    mutating func receiveClose(code: UInt16?, at now: Duration) { closeCodes.append(code) }

    var nextDeadline: Duration? { script.first?.time }

    mutating func advance(to now: Duration) {
        while let next = script.first, next.time <= now {
            pending.append(next.output)
            script.removeFirst()
        }
    }

    mutating func nextOutput() -> VirtualServerOutput? { pending.isEmpty ? nil : pending.removeFirst() }

    private static func event(_ text: String) -> String? {
        text.split(separator: "\"event\":\"").last?.split(separator: "\"").first.map(String.init)
    }
}

/// An audio message of `milliseconds` in PCM at 8 kHz, each sample of the value.
func audio(_ milliseconds: Int, value: Int16 = 1_000) -> VirtualServerOutput {
    let samples = [Int16](repeating: value, count: milliseconds * 8)
    let payload = PlainBase64.encode(SimulatedAudioFormat.pcm8kHz.encode(samples))
    return .text(#"{"type":"response.audio.delta","delta":"\#(payload)"}"#)
}

/// A call of so many milliseconds, with ids that do not change.
func call(
    _ milliseconds: Int,
    _ change: (inout SimulatedCallConfiguration) -> Void = { _ in }
) -> SimulatedCallConfiguration {
    var configuration = SimulatedCallConfiguration()
    configuration.callID = "call_1790000000000_x7k2p9"
    configuration.streamID = "1790000000.41"
    configuration.duration = .milliseconds(milliseconds)
    change(&configuration)
    return configuration
}

/// The timeline of a call as text.
func story(_ result: SimulatedCallResult) -> [String] { result.timeline.map(\.description) }
