// SPDX-License-Identifier: Apache-2.0

/// One platform's wire, the platform's side of it: writes its messages, reads the server's strictly.
protocol PlatformWire: Sendable {
    /// What the platform allows and does of its own accord.
    var rules: WireRules { get }
    /// The first message, where it is not the one that begins the call.
    mutating func connected() -> String?
    /// The message that begins the call; `sampleRate` is the one it names.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String
    /// Audio as a message writes it; not asked where audio is binary.
    func payload(_ bytes: [UInt8]) -> String
    /// Audio: the payload as ``payload(_:)`` gave it, the number of the frame from 1, and its end in milliseconds.
    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String
    /// The caller's audio has come to so many milliseconds.
    mutating func played(to milliseconds: Int)
    /// Whether the platform sends audio yet.
    var sendsAudio: Bool { get }
    /// A question of the protocol's whether the server is there, 1 s after the start and then every 5 s.
    mutating func ping() -> String?
    /// A key that the caller pressed; nil where the wire is not known to tell of it.
    mutating func digit(_ digit: Character) -> String?
    /// A mark that returns, because it was reached or because it was taken back; nil where the wire has none.
    mutating func mark(_ name: String, isCleared: Bool) -> String?
    /// Tells the server to hold its audio, or to go on; nil where the wire has no such thing.
    mutating func hold(_ isHeld: Bool) -> String?
    /// Tells that the server's sound has begun or that all of it was played; nil where the wire has no such thing.
    mutating func playback(_ isPlaying: Bool) -> String?
    /// A complaint of the platform's that a rule was broken; nil where it has none for it.
    mutating func complaint(about rule: Violation.Rule) -> String?
    /// The answer to a clear, where there is one.
    mutating func cleared() -> String?
    /// The last message; nil where the platform closes the socket and says no more.
    mutating func stop(callID: String, reason: String) -> String?
    /// Reads a text message of the server: its meaning, its name and its members.
    mutating func read(_ text: [UInt8]) -> (
        name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>
    )
}

extension PlatformWire {
    func payload(_ bytes: [UInt8]) -> String { PlainBase64.encode(bytes) }

    var sendsAudio: Bool { true }

    mutating func played(to milliseconds: Int) {}

    mutating func ping() -> String? { nil }

    mutating func hold(_ isHeld: Bool) -> String? { nil }

    mutating func playback(_ isPlaying: Bool) -> String? { nil }

    mutating func complaint(about rule: Violation.Rule) -> String? { nil }

    mutating func cleared() -> String? { nil }
}
