// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// Each platform finds what a server says wrong to it, and takes what its documents show.
@Suite struct PlatformFaultTableTests {
    struct Planted: Sendable, CustomTestStringConvertible {
        let dialect: SimulatedDialect
        let rule: Violation.Rule?
        let output: [VirtualServerOutput]
        let name: String
        var testDescription: String { "\(dialect.rawValue): \(name)" }

        init(_ dialect: SimulatedDialect, _ rule: Violation.Rule?, _ texts: String...) {
            self.dialect = dialect
            self.rule = rule
            output = texts.map { .text($0) }
            name = String(texts.joined(separator: " then ").prefix(120))
        }

        init(_ dialect: SimulatedDialect, _ rule: Violation.Rule?, binary count: Int) {
            self.dialect = dialect
            self.rule = rule
            output = [.binary([UInt8](repeating: 0, count: count))]
            name = "\(count) binary bytes"
        }
    }

    /// So many bytes of µ-law or PCM in base64.
    private static func payload(_ count: Int) -> String { PlainBase64.encode([UInt8](repeating: 0, count: count)) }

    static let exotel: [Planted] = [
        Planted(.exotel, nil, #"{"event":"media","stream_sid":"s","media":{"payload":"\#(payload(3_200))"}}"#),
        Planted(
            .exotel,
            nil,
            #"{"event":"media","stream_sid":"s","sequence_number":"1","media":{"chunk":"1","timestamp":"200","payload":"\#(payload(3_200))"}}"#,
            #"{"event":"media","stream_sid":"s","sequence_number":2,"media":{"chunk":2,"timestamp":400,"payload":"\#(payload(3_200))"}}"#
        ),
        Planted(
            .exotel,
            .sequence,
            #"{"event":"media","stream_sid":"s","sequence_number":"2","media":{"payload":"\#(payload(3_200))"}}"#,
            #"{"event":"media","stream_sid":"s","sequence_number":"2","media":{"payload":"\#(payload(3_200))"}}"#
        ),
        Planted(.exotel, .frameSize, #"{"event":"media","stream_sid":"s","media":{"payload":"\#(payload(320))"}}"#),
        Planted(.exotel, .frameSize, #"{"event":"media","stream_sid":"s","media":{"payload":"\#(payload(3_300))"}}"#),
        Planted(.exotel, .frameSize, #"{"event":"media","stream_sid":"s","media":{"payload":"\#(payload(100_160))"}}"#),
        Planted(.exotel, .keys, #"{"event":"media","streamSid":"s","media":{"payload":"\#(payload(3_200))"}}"#),
        Planted(.exotel, .value, #"{"event":"clear","stream_sid":"t"}"#),
        Planted(.exotel, .keys, #"{"event":"mark","stream_sid":"s","mark":{"name":"a","x":1}}"#),
        Planted(.exotel, .unknownMessage, #"{"event":"hangup","stream_sid":"s"}"#),
        Planted(.exotel, .unknownMessage, binary: 3_200),
    ]
    static let twilio: [Planted] = [
        Planted(.twilio, nil, #"{"event":"media","streamSid":"s","media":{"payload":"/////w=="}}"#),
        Planted(.twilio, nil, #"{ "streamSid":"s", "event":"clear" }"#),
        Planted(.twilio, .keys, #"{"event":"media","streamSid":"s","media":{"payload":"/////w==","track":"inbound"}}"#),
        Planted(.twilio, .keys, #"{"event":"clear"}"#),
        Planted(.twilio, .value, #"{"event":"mark","streamSid":"t","mark":{"name":"a"}}"#),
        Planted(.twilio, .value, #"{"event":"mark","streamSid":"s","mark":{"name":""}}"#),
        Planted(.twilio, .base64, #"{"event":"media","streamSid":"s","media":{"payload":"///"}}"#),
        Planted(.twilio, .unknownMessage, #"{"event":"dtmf","streamSid":"s","dtmf":{"digit":"1"}}"#),
        Planted(.twilio, .unknownMessage, binary: 160),
        Planted(.twilio, .notCompactJSON, "clear"),
    ]
    static let plivo: [Planted] = [
        Planted(
            .plivo,
            nil,
            #"{"event":"playAudio","media":{"contentType":"audio/x-mulaw","sampleRate":8000,"payload":"/////w=="}}"#
        ),
        Planted(.plivo, nil, #"{"event":"sendDTMF","dtmf":"12#"}"#),
        Planted(.plivo, .value, #"{"event":"sendDTMF","dtmf":"12x"}"#),
        Planted(
            .plivo,
            .value,
            #"{"event":"playAudio","media":{"contentType":"audio/x-mulaw;rate=8000","sampleRate":8000,"payload":"/////w=="}}"#
        ),
        Planted(
            .plivo,
            .value,
            #"{"event":"playAudio","media":{"contentType":"audio/x-mulaw","sampleRate":16000,"payload":"/////w=="}}"#
        ),
        Planted(.plivo, .keys, #"{"event":"playAudio","media":{"payload":"/////w=="}}"#),
        Planted(.plivo, .keys, #"{"event":"checkpoint","name":"a"}"#),
        Planted(.plivo, .value, #"{"event":"clearAudio","streamId":"t"}"#),
        Planted(.plivo, .unknownMessage, #"{"event":"clear","streamId":"s"}"#),
        Planted(.plivo, .unknownMessage, binary: 160),
    ]
    static let telnyx: [Planted] = [
        Planted(.telnyx, nil, #"{"event":"media","media":{"payload":"\#(payload(160))"}}"#),
        Planted(.telnyx, .frameSize, #"{"event":"media","media":{"payload":"\#(payload(159))"}}"#),
        Planted(.telnyx, .frameSize, #"{"event":"media","media":{"payload":"\#(payload(240_001))"}}"#),
        Planted(.telnyx, .keys, #"{"event":"clear","stream_id":"s"}"#),
        Planted(.telnyx, .keys, #"{"event":"mark","name":"a"}"#),
        Planted(.telnyx, .unknownMessage, #"{"event":"stop"}"#),
        Planted(.telnyx, .unknownMessage, binary: 160),
    ]
    static let others: [Planted] = [
        Planted(.vonage, nil, binary: 640),
        Planted(.vonage, .frameSize, binary: 320),
        Planted(.vonage, .frameSize, binary: 1_280),
        Planted(.vonage, .unknownMessage, #"{"action":"hangup"}"#),
        Planted(.vonage, .keys, #"{"action":"notify"}"#),
        Planted(.asterisk, nil, binary: 320),
        Planted(.asterisk, nil, #"{"command":"ANSWER"}"#),
        Planted(.asterisk, .frameSize, binary: 100),
        Planted(.asterisk, .frameSize, binary: 65_600),
        Planted(.asterisk, .unknownMessage, #"{"command":"hangup"}"#),
        Planted(.asterisk, .keys, #"{"command":"MARK_MEDIA","id":"a"}"#),
        Planted(.jambonz, nil, binary: 322),
        Planted(.jambonz, nil, #"{"type":"clearMarks"}"#),
        Planted(.jambonz, .frameSize, binary: 321),
        Planted(.jambonz, .keys, #"{"type":"mark","name":"a"}"#),
        Planted(.jambonz, .unknownMessage, #"{"type":"hangup"}"#),
        Planted(.ozonetel, nil, #"{"command":"clearBuffer"}"#),
        Planted(.ozonetel, .unknownMessage, #"{"command":"stop"}"#),
        Planted(.ozonetel, .unknownMessage, binary: 160),
        Planted(
            .ozonetel,
            .value,
            #"{"event":"media","type":"media","ucid":"c","data":{"samples":[1,2],"bitsPerSample":16,"sampleRate":8000,"channelCount":1,"numberOfFrames":80,"type":"data"}}"#
        ),
    ]

    @Test(arguments: exotel + twilio + plivo + telnyx + others)
    func `is found or taken`(planted: Planted) {
        var configuration = SimulatedCallConfiguration(planted.dialect)
        configuration.callID = "c"
        configuration.streamID = "s"
        configuration.duration = .milliseconds(500)
        let script = planted.output.map { (100, $0) }
        var virtual = VirtualCall(configuration, server: StandIn(script))
        let result = virtual.run()
        #expect(result.violations.map(\.rule) == (planted.rule.map { [$0] } ?? []))
        #expect(result.endedAsTold == (planted.rule == nil))
        #expect(result.endedBy == (planted.rule == nil ? .caller : .error))
    }
}
