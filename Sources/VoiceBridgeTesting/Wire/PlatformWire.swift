// SPDX-License-Identifier: Apache-2.0

/// One platform's wire, the platform's side of it: writes its messages, reads the server's strictly.
protocol PlatformWire: Sendable {
    /// The first message.
    mutating func connected() -> String
    /// The message that begins the call; `sampleRate` is the one it names.
    mutating func start(_ call: SimulatedCallConfiguration, sampleRate: Int) -> String
    /// Audio: the payload in base64, the number of the frame from 1, and its end in milliseconds.
    mutating func media(payload: String, chunk: Int, milliseconds: Int) -> String
    /// A key that the caller pressed.
    mutating func digit(_ digit: Character) -> String
    /// A mark that returns.
    mutating func mark(_ name: String) -> String
    /// The last message.
    mutating func stop(callID: String, reason: String) -> String
    /// Reads a text message of the server: its meaning, its name and its members.
    func read(_ text: [UInt8]) -> (name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>)
}
