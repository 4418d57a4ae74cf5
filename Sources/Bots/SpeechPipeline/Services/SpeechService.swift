// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// Where a service with OpenAI's HTTP interface is reached, and with what key.
///
/// Many servers have that interface, some of them for a machine of one's own; the default is OpenAI's.
public struct SpeechService: Sendable {
    /// What the interface's paths are put behind, `https://…` (or `http://…` on a network that is trusted).
    public var url = "https://api.openai.com/v1"
    /// Sent as `Authorization: Bearer KEY`; nil sends none.
    public var apiKey: Secret?
    /// Further header fields of every request.
    public var headers: [String: String] = [:]
    /// How long an answer may take to its last byte; 30 s unless set.
    ///
    /// The pipeline's own bounds on silence come first.
    public var timeout: Duration = .seconds(30)

    /// OpenAI's service without a key.
    public init() {}
}
