// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// What each platform sends in one small call, typed from its documents: a mark that returns, a key, a clear, the end.
@Suite struct PlatformGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let dialect: SimulatedDialect
        var variant: SimulatedVariant?
        /// What the server says at 10 ms, to be answered by a mark.
        let mark: String
        /// What the server says at 35 ms.
        let clear: String
        /// The platform's text messages, audio as `~`.
        let sent: [String]
        /// Bytes of the platform's binary messages.
        var binaries: [Int] = []
        var testDescription: String { variant?.rawValue ?? dialect.rawValue }
    }

    static let goldens: [Golden] = [
        Golden(
            dialect: .exotel,
            mark: #"{"event":"mark","stream_sid":"st-01","mark":{"name":"p3"}}"#,
            clear: #"{"event":"clear","stream_sid":"st-01"}"#,
            sent: [
                #"{"event":"connected"}"#,
                #"{"event":"start","sequence_number":"1","stream_sid":"st-01","start":{"stream_sid":"st-01","call_sid":"ca-01","account_sid":"simulated1","from":"+919800000001","to":"+918000000002","custom_parameters":{},"media_format":{"encoding":"audio/x-raw","sample_rate":"8000","bit_rate":"16"}}}"#,
                #"{"event":"mark","sequence_number":"2","stream_sid":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"media","sequence_number":"3","stream_sid":"st-01","media":{"chunk":"1","timestamp":"20","payload":"~"}}"#,
                #"{"event":"dtmf","sequence_number":"4","stream_sid":"st-01","dtmf":{"digit":"2","duration":"140"}}"#,
                #"{"event":"media","sequence_number":"5","stream_sid":"st-01","media":{"chunk":"2","timestamp":"40","payload":"~"}}"#,
                #"{"event":"stop","sequence_number":"6","stream_sid":"st-01","stop":{"call_sid":"ca-01","account_sid":"simulated1","reason":"callended"}}"#,
            ]
        ),
        Golden(
            dialect: .twilio,
            mark: #"{"event":"mark","streamSid":"st-01","mark":{"name":"p3"}}"#,
            clear: #"{"event":"clear","streamSid":"st-01"}"#,
            sent: [
                #"{"event":"connected","protocol":"Call","version":"1.0.0"}"#,
                #"{"event":"start","sequenceNumber":"1","streamSid":"st-01","start":{"streamSid":"st-01","accountSid":"AC00000000000000000000000000000000","callSid":"ca-01","tracks":["inbound"],"customParameters":{"from":"+919800000001","to":"+918000000002"},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}"#,
                #"{"event":"mark","sequenceNumber":"2","streamSid":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"media","sequenceNumber":"3","streamSid":"st-01","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"~"}}"#,
                #"{"event":"dtmf","sequenceNumber":"4","streamSid":"st-01","dtmf":{"track":"inbound_track","digit":"2"}}"#,
                #"{"event":"media","sequenceNumber":"5","streamSid":"st-01","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"~"}}"#,
                #"{"event":"stop","sequenceNumber":"6","streamSid":"st-01","stop":{"accountSid":"AC00000000000000000000000000000000","callSid":"ca-01"}}"#,
            ]
        ),
        Golden(
            dialect: .plivo,
            mark: #"{"event":"checkpoint","streamId":"st-01","name":"p3"}"#,
            clear: #"{"event":"clearAudio","streamId":"st-01"}"#,
            sent: [
                #"{"sequenceNumber":0,"event":"start","start":{"callId":"ca-01","streamId":"st-01","accountId":"77","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}},"extra_headers":"from=919800000001;to=918000000002"}"#,
                #"{"event":"playedStream","streamId":"st-01","name":"p3"}"#,
                #"{"sequenceNumber":1,"streamId":"st-01","event":"media","media":{"track":"inbound","timestamp":"1790000000020","chunk":1,"payload":"~"},"extra_headers":""}"#,
                #"{"event":"dtmf","streamId":"st-01","sequenceNumber":2,"dtmf":{"digit":"2","track":"inbound"}}"#,
                #"{"event":"clearedAudio","streamId":"st-01"}"#,
                #"{"sequenceNumber":3,"streamId":"st-01","event":"media","media":{"track":"inbound","timestamp":"1790000000040","chunk":2,"payload":"~"},"extra_headers":""}"#,
            ]
        ),
        Golden(
            dialect: .telnyx,
            mark: #"{"event":"mark","mark":{"name":"p3"}}"#,
            clear: #"{"event":"clear"}"#,
            sent: [
                #"{"event":"connected","version":"1.0.0"}"#,
                #"{"event":"start","sequence_number":"1","stream_id":"st-01","start":{"user_id":"simulated-user","call_control_id":"ca-01","call_session_id":"simulated-session","from":"+919800000001","to":"+918000000002","client_state":"","custom_parameters":{},"media_format":{"encoding":"PCMU","sample_rate":8000,"channels":1}}}"#,
                #"{"event":"mark","stream_id":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"media","sequence_number":"2","stream_id":"st-01","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"~"}}"#,
                #"{"event":"dtmf","sequence_number":"3","stream_id":"st-01","dtmf":{"digit":"2"}}"#,
                #"{"event":"media","sequence_number":"4","stream_id":"st-01","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"~"}}"#,
                #"{"event":"stop","sequence_number":"5","stream_id":"st-01","stop":{"user_id":"simulated-user","call_control_id":"ca-01"}}"#,
            ]
        ),
        Golden(
            dialect: .vonage,
            mark: #"{"action":"notify","payload":{"name":"p3"}}"#,
            clear: #"{"action":"clear"}"#,
            sent: [
                #"{"event":"websocket:connected","content-type":"audio/l16;rate=16000","call_id":"ca-01","from":"+919800000001","to":"+918000000002"}"#,
                #"{"event":"websocket:notify","payload":{"name":"p3"}}"#,
                #"{"event":"websocket:dtmf","digit":"2","duration":260}"#,
                #"{"event":"websocket:cleared"}"#,
            ],
            binaries: [640, 640]
        ),
        Golden(
            dialect: .asterisk,
            mark: #"{"command":"MARK_MEDIA","correlation_id":"p3"}"#,
            clear: #"{"command":"FLUSH_MEDIA"}"#,
            sent: [
                #"{"event":"MEDIA_START","connection_id":"st-01","channel":"WebSocket/st-01/0","channel_id":"st-01","format":"ulaw","optimal_frame_size":160,"ptime":20,"channel_variables":{"call_id":"ca-01","from":"+919800000001","to":"+918000000002"}}"#,
                #"{"event":"MEDIA_MARK_PROCESSED","channel_id":"st-01","correlation_id":"p3"}"#,
                #"{"event":"DTMF_END","channel_id":"st-01","digit":"2"}"#,
            ],
            binaries: [160, 160]
        ),
        Golden(
            dialect: .jambonz,
            mark: #"{"type":"mark","data":{"name":"p3"}}"#,
            clear: #"{"type":"killAudio"}"#,
            sent: [
                #"{"callSid":"ca-01","from":"+919800000001","to":"+918000000002","sampleRate":8000,"mixType":"mono","metadata":{}}"#,
                #"{"type":"mark","data":{"name":"p3","event":"playout"}}"#,
                #"{"event":"dtmf","dtmf":"2","duration":"1600"}"#,
            ],
            binaries: [320, 320]
        ),
    ]

    @Test(arguments: goldens + variants)
    func `messages are the document's, byte for byte`(golden: Golden) {
        var configuration =
            golden.variant.map(SimulatedCallConfiguration.init) ?? SimulatedCallConfiguration(golden.dialect)
        configuration.callID = "ca-01"
        configuration.streamID = "st-01"
        configuration.from = "+919800000001"
        configuration.to = "+918000000002"
        configuration.frameMilliseconds = 20
        configuration.duration = .milliseconds(40)
        configuration.digits = ScheduledDigit("2", at: .milliseconds(30)).map { [$0] } ?? []
        var virtual = VirtualCall(
            configuration,
            server: StandIn([(10, .text(golden.mark)), (35, .text(golden.clear))])
        )
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(result.endedAsTold)
        #expect(result.endedBy == .caller)
        let isPCM = configuration.format.encoding == .pcm
        let silence = isPCM ? String(repeating: "A", count: 427) + "=" : String(repeating: "/", count: 213) + "w=="
        #expect(virtual.server.received.map { $0.replacing(silence, with: "~") } == golden.sent)
        #expect(virtual.server.binaries.map(\.count) == golden.binaries)
    }

    @Test func `Ozonetel writes samples as numbers`() {
        var configuration = SimulatedCallConfiguration(.ozonetel)
        configuration.callID = "u1"
        configuration.to = "80000"
        configuration.duration = .milliseconds(10)
        configuration.callerAudio = [0, -3]
        var virtual = VirtualCall(configuration, server: StandIn())
        _ = virtual.run()
        let rest = String(repeating: ",0", count: 78)
        #expect(
            virtual.server.received == [
                #"{"event":"start","type":"text","ucid":"u1","did":"80000"}"#,
                #"{"event":"media","type":"media","ucid":"u1","data":{"samples":[0,-3"# + rest
                    + #"],"bitsPerSample":16,"sampleRate":8000,"channelCount":1,"numberOfFrames":80,"type":"data"}}"#,
                #"{"event":"stop","type":"text","ucid":"u1","did":"80000"}"#,
            ]
        )
    }

    @Test func `Asterisk has audio held between its marks of 900 and 800 frames`() {
        var configuration = SimulatedCallConfiguration(.asterisk)
        configuration.streamID = "st-01"
        configuration.duration = .seconds(30)
        let eightSeconds = VirtualServerOutput.binary([UInt8](repeating: 0xFF, count: 64_000))
        var virtual = VirtualCall(
            configuration,
            server: StandIn([(0, eightSeconds), (0, eightSeconds), (0, eightSeconds), (100, eightSeconds)])
        )
        let result = virtual.run()
        #expect(
            Array(virtual.server.received.dropFirst()) == [
                #"{"event":"MEDIA_XOFF","channel_id":"st-01"}"#, #"{"event":"MEDIA_XON","channel_id":"st-01"}"#,
            ]
        )
        #expect(story(result).contains { $0.hasPrefix("t=8000 -> go on") })
        #expect(result.playback.heard == 24 * 8_000)
    }

    @Test func `Telnyx's L16 has its high byte first`() throws {
        var configuration = SimulatedCallConfiguration(.telnyx)
        configuration.format = .pcm8kHz
        configuration.duration = .milliseconds(20)
        configuration.callerAudio = [0x0102]
        var virtual = VirtualCall(configuration, server: StandIn())
        _ = virtual.run()
        #expect(virtual.server.received[1].contains(#""encoding":"L16","sample_rate":8000"#))
        #expect(virtual.server.received[2].contains(#""payload":"AQIA"#))
    }
}
