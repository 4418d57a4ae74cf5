// SPDX-License-Identifier: Apache-2.0

/// What the platform said about a call when it began.
public struct CallStart: Sendable, Equatable {
    /// Who placed the call.
    public enum Direction: String, Sendable {
        /// Somebody called one of our numbers.
        case inbound
        /// The platform called somebody for us.
        case outbound
    }

    /// The call's id: the platform's, or one made here (see ``hasMadeUpID``).
    public var callID: CallID
    /// The platform's id of the media stream, as sent; made here when it sent none.
    public var streamID: String
    /// True when the platform sent no call id or no stream id and one was made here.
    public var hasMadeUpID: Bool
    /// True when the call's id was made here, so that the platform does not know the call by it.
    public var hasMadeUpCallID: Bool
    /// The name of the platform's dialect, such as `ivr-solutions`.
    public var platform: String
    /// The calling number as sent, if any.
    public var from: String?
    /// The called number as sent, if any.
    public var to: String?
    /// Who placed the call, if the platform says.
    public var direction: Direction?
    /// The wire's audio format from the platform.
    public var format: AudioFormat
    /// The wire's audio format to the platform; nearly always that of ``format``.
    public var outboundFormat: AudioFormat
    /// Everything else the platform or its customer sent along, as text by name.
    public var parameters: [String: String]
    /// Whose call it is, where several share the server; nil for nobody's.
    ///
    /// Never from the platform.
    public var tenant: String?

    /// What a call began with.
    ///
    /// - Parameters:
    ///   - callID: the call's id.
    ///   - streamID: the stream's id.
    ///   - hasMadeUpID: whether one of the ids was made here.
    ///   - hasMadeUpCallID: whether the call's was; nil for the same.
    ///   - platform: the dialect's name.
    ///   - from: the calling number as sent.
    ///   - to: the called number as sent.
    ///   - direction: who placed the call.
    ///   - format: the wire's audio format from the platform.
    ///   - outboundFormat: the wire's audio format to the platform; nil for the same.
    ///   - parameters: whatever else came along.
    public init(
        callID: CallID,
        streamID: String,
        hasMadeUpID: Bool = false,
        hasMadeUpCallID: Bool? = nil,
        platform: String,
        from: String? = nil,
        to: String? = nil,
        direction: Direction? = nil,
        format: AudioFormat = .linear8kHz,
        outboundFormat: AudioFormat? = nil,
        parameters: [String: String] = [:]
    ) {
        self.callID = callID
        self.streamID = streamID
        self.hasMadeUpID = hasMadeUpID
        self.hasMadeUpCallID = hasMadeUpCallID ?? hasMadeUpID
        self.platform = platform
        self.from = from
        self.to = to
        self.direction = direction
        self.format = format
        self.outboundFormat = outboundFormat ?? format
        self.parameters = parameters
    }

    /// Instructions for a model that the platform's customer gave with the call (`system_msg`).
    public var systemMessage: String? { parameters["system_msg"] }
    /// The sentence the bot should open with (`text`).
    public var openingLine: String? { parameters["text"] }
    /// The language to recognize, as the platform names it (`sttlanguage_code`).
    public var language: String? { parameters["sttlanguage_code"] }
}
