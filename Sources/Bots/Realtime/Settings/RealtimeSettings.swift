// SPDX-License-Identifier: Apache-2.0

public import VoiceBridge

/// How a realtime model is reached and what it is told: everything but the tools.
///
/// The defaults fit OpenAI's own service; URL, headers, event names and formats are settings, so that servers that speak
/// the same protocol work too.
public struct RealtimeSettings: Sendable {
    /// Which generation of event names and session shapes is sent; both are always understood.
    public enum EventNames: String, Sendable, CaseIterable {
        /// The present ones, with a nested `audio` object in the session.
        case current = "ga"
        /// The beta's flat session, which servers other than OpenAI's still speak.
        case beta
    }

    /// Who decides when the caller has begun and finished to speak.
    public enum TurnDetection: Sendable, Equatable {
        /// The service, by loudness; milliseconds of silence that end a turn, and a threshold of 0…1.
        case server(threshold: Double = 0.5, silence: Duration = .milliseconds(500))
        /// The service, by what is said.
        case semantic
        /// This server, by its own detector.
        case local
    }

    /// In what form audio goes to the service and comes back.
    public enum Audio: String, Sendable, CaseIterable {
        /// G.711 straight through where the call has it, else linear PCM.
        case automatic = "auto"
        /// G.711 µ-law at 8 kHz, 8 kB/s each way.
        case muLaw = "g711_ulaw"
        /// G.711 A-law at 8 kHz, 8 kB/s each way.
        case aLaw = "g711_alaw"
        /// Linear PCM at ``RealtimeSettings/linearRate``.
        case linear = "pcm"
    }

    /// The service's WebSocket URL, `wss://…` (or `ws://…` on a network that is trusted).
    public var url = "wss://api.openai.com/v1/realtime"
    /// The model, sent as the query's `model` unless the URL has one; nil sends none.
    public var model: String? = "gpt-realtime"
    /// The key; nil sends none.
    public var apiKey: Secret?
    /// The header that carries the key: `Authorization` with `Bearer` before it, or any other with the bare key.
    public var keyHeader = "Authorization"
    /// Further headers of the opening request.
    public var headers: [String: String] = [:]
    /// A PEM file of authorities to trust in place of the system's.
    public var trustedCertificates: String?
    /// Which event names are sent.
    public var eventNames = EventNames.current
    /// The voice; nil for the service's own choice.
    public var voice: String?
    /// What the model is told about its task.
    ///
    /// What the platform sends with a call (`system_msg`) is added to it.
    public var instructions = "You are a friendly assistant on the telephone. Answer briefly."
    /// What is said first, when the platform sends no opening line of its own; nil lets the model find words.
    public var greeting: String?
    /// Whether the bot speaks first.
    public var speaksFirst = true
    /// The model that writes down what the caller says, which a reconnected session is told; nil for none.
    public var transcriptionModel: String? = "gpt-4o-mini-transcribe"
    /// The caller's language as BCP 47, when the platform sends none; nil leaves it to the model.
    public var language: String?
    /// In what form audio is exchanged.
    public var audio = Audio.automatic
    /// Samples per second of linear PCM: 24000, which is all that OpenAI takes, 16000 or 8000.
    public var linearRate = 24_000
    /// Who finds the turns.
    public var turnDetection = TurnDetection.server()
    /// Silence after the caller's speech that ends a turn, when this server finds the turns.
    public var localSilence: Duration = .milliseconds(300)
    /// Most tokens of one answer; nil for the service's own limit.
    public var maximumTokens: Int?
    /// The most audio of one answer; more is cut.
    public var maximumAnswer: Duration = .seconds(120)
    /// How long connecting may take, TLS and the opening handshake each included.
    public var connectTimeout: Duration = .seconds(5)
    /// How long the service may take to confirm a session, and to begin or go on with an answer.
    public var answerTimeout: Duration = .seconds(10)
    /// How long a lost service is tried again before the call is given up.
    public var reconnectPatience: Duration = .seconds(12)
    /// How old a session becomes before it is replaced, at the next pause: services end them after 60 minutes.
    public var sessionAge: Duration = .seconds(55 * 60)
    /// How long keys are gathered before the model is told of them; `#` ends the wait.
    public var digitPause: Duration = .milliseconds(1_500)
    /// Caller audio that is kept while there is no session; of more the oldest is dropped.
    public var inputBuffer: Duration = .seconds(3)

    /// Settings for OpenAI's service without a key.
    public init() {}
}
