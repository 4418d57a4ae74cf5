// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import VoiceBridgeTesting

@Suite("Message templates")
struct MessageTemplateTests {
    @Test("write what the platform's wire writes", arguments: SimulatedDialect.allCases.filter { $0 != .genesys })
    func writes(dialect: SimulatedDialect) throws {
        for format in dialect.formats {
            var call = SimulatedCallConfiguration(dialect)
            call.format = format
            let templates = try #require(PlatformTemplates(call))
            let another = SimulatedCallConfiguration(dialect)
            call.streamID = another.streamID
            call.callID = another.callID
            var wire = dialect.wire(of: call)
            var values = MessageTemplate.Values(streamID: call.streamID, callID: call.callID)
            let opening = [wire.connected(), wire.start(call, sampleRate: format.sampleRate)].compactMap { $0 }
            #expect(templates.opening.map { Self.text($0, values) } == opening)
            values.sequence = 1
            for number in 1...12 {
                let chunk = number * 9
                values.chunk = chunk
                values.milliseconds = chunk * call.frameMilliseconds
                let samples = (0..<format.sampleRate * call.frameMilliseconds / 1_000).map { Int16($0 % 251 * chunk) }
                let payload = templates.payload(of: samples)
                if templates.sendsBinaryAudio {
                    #expect(Self.bytes(templates.media, values, payload) == payload)
                    continue
                }
                let text = wire.media(
                    payload: String(decoding: payload, as: UTF8.self),
                    chunk: chunk,
                    milliseconds: values.milliseconds
                )
                #expect(Self.text(templates.media, values, payload) == text)
                if templates.media.isNumbered { values.sequence += 1 }
            }
            if let mark = wire.mark("m 7", isCleared: false) {
                let template = try #require(templates.mark)
                #expect(Self.text(template, values, Array("m 7".utf8)) == mark)
                if template.isNumbered { values.sequence += 1 }
            } else {
                #expect(templates.mark == nil)
            }
            #expect(templates.stop.map { Self.text($0, values) } == wire.stop(callID: call.callID, reason: "stopped"))
        }
    }

    @Test("are none where a platform waits for the server") func waiting() {
        #expect(PlatformTemplates(SimulatedCallConfiguration(.genesys)) == nil)
    }

    @Test("read replies as the platform does")
    func replies() throws {
        let templates = try #require(PlatformTemplates(SimulatedCallConfiguration(.twilio)))
        var reader = templates.reader(streamID: "MZ1", callID: "CA1")
        let replies: [(String, ReplyReader.Reply)] = [
            (#"{"event":"media","streamSid":"MZ1","media":{"payload":"AAEC"}}"#, .audio([0, 1, 2])),
            (#"{"event":"mark","streamSid":"MZ1","mark":{"name":"a"}}"#, .mark("a")),
            (#"{"event":"clear","streamSid":"MZ1"}"#, .clear),
            (#"{"event":"clear","streamSid":"MZ2"}"#, .violation("value: clear: streamSid is not 'MZ1'")),
            (#"{"event":"boo"}"#, .violation("unknown-message: boo")),
        ]
        for (text, reply) in replies { #expect(reader.read(Array(text.utf8)) == reply) }
    }

    private static func bytes(
        _ template: MessageTemplate,
        _ values: MessageTemplate.Values,
        _ content: [UInt8] = []
    ) -> [UInt8] {
        var out: [UInt8] = []
        template.write(values, content: content, into: &out)
        return out
    }

    private static func text(
        _ template: MessageTemplate,
        _ values: MessageTemplate.Values,
        _ content: [UInt8] = []
    ) -> String {
        String(decoding: bytes(template, values, content), as: UTF8.self)
    }
}
