// SPDX-License-Identifier: Apache-2.0

import Dialects

/// A call of each platform as its documents write it: everything it may send, in order.
enum DialectMessages {
    static let calls: [(name: DialectName, messages: [String])] = [
        (
            .ivrSolutions,
            [
                #"{"event":"connected"}"#,
                #"{"event":"start","sequence_number":1,"stream_sid":"1790000000.41","start":{"stream_sid":"1790000000.41","call_sid":"c","from":"981","to":"180","media_format":{"encoding":"raw/slin","sample_rate":8000}}}"#,
                #"{"event":"media","sequence_number":2,"stream_sid":"1790000000.41","media":{"chunk":1,"timestamp":"20","payload":"AAAAAA=="}}"#,
                #"{"event":"dtmf","sequence_number":90,"dtmf":{"digit":"4","duration":"110"}}"#,
                #"{"event":"mark","mark":{"name":"p7"}}"#, #"{"event":"clear","stream_sid":"1"}"#,
                #"{"event":"stop","stop":{"call_sid":"c","reason":"callended"}}"#,
            ]
        ),
        (
            .exotel,
            [
                #"{"event":"connected"}"#, ExotelGoldenTests.start,
                #"{"event":"media","sequence_number":"2","stream_sid":"st-01","media":{"chunk":"1","timestamp":"100","payload":"/+8AAA=="}}"#,
                #"{"event":"dtmf","sequence_number":"9","stream_sid":"st-01","dtmf":{"digit":"2","duration":"140"}}"#,
                #"{"event":"mark","sequence_number":"10","stream_sid":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"clear","stream_sid":"st-01"}"#,
                #"{"event":"stop","sequence_number":"40","stream_sid":"st-01","stop":{"call_sid":"ca-01","account_sid":"demo1","reason":"callended"}}"#,
            ]
        ),
        (
            .twilio,
            [
                #"{"event":"connected","protocol":"Call","version":"1.0.0"}"#, TwilioGoldenTests.start,
                #"{"event":"media","sequenceNumber":"2","streamSid":"MZ00aa","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"/////w=="}}"#,
                #"{"event":"dtmf","sequenceNumber":"77","streamSid":"MZ00aa","dtmf":{"track":"inbound_track","digit":"3"}}"#,
                #"{"event":"mark","sequenceNumber":"80","streamSid":"MZ00aa","mark":{"name":"p7"}}"#,
                #"{"event":"stop","sequenceNumber":"90","streamSid":"MZ00aa","stop":{"accountSid":"AC00bb","callSid":"CA00cc"}}"#,
            ]
        ),
        (
            .plivo,
            [
                PlivoGoldenTests.start,
                #"{"sequenceNumber":1,"streamId":"s-11","event":"media","media":{"track":"inbound","timestamp":"1790000000123","chunk":1,"payload":"/////w=="},"extra_headers":""}"#,
                #"{"event":"dtmf","streamId":"s-11","sequenceNumber":9,"dtmf":{"track":"inbound","digit":"1"}}"#,
                #"{"event":"playedStream","streamId":"s-11","name":"p4"}"#,
                #"{"event":"clearedAudio","streamId":"s-11"}"#, #"{"event":"stop","streamId":"s-11"}"#,
            ]
        ),
        (
            .telnyx,
            [
                #"{"event":"connected","version":"1.0.0"}"#, TelnyxGoldenTests.start,
                #"{"event":"media","sequence_number":"4","stream_id":"f00d","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"/////w=="}}"#,
                #"{"event":"dtmf","stream_id":"f00d","sequence_number":"5","dtmf":{"digit":"5"}}"#,
                #"{"event":"mark","stream_id":"f00d","mark":{"name":"p2"}}"#,
                #"{"event":"error","stream_id":"f00d","payload":{"code":100003,"title":"t","detail":"d"}}"#,
                #"{"event":"stop","sequence_number":"9","stream_id":"f00d","stop":{"call_control_id":"v3:abc"}}"#,
            ]
        ),
    ]

    /// Calls of platforms of other families, which write no `start` of Twilio's kind.
    static let others: [(name: DialectName, messages: [String])] = [
        (
            .vonage,
            [
                #"{"event":"websocket:connected","content-type":"audio/l16;rate=16000","call_id":"k-501","from":"15550100"}"#,
                #"{"event":"websocket:dtmf","digit":"5","duration":260}"#,
                #"{"event":"websocket:notify","payload":{"name":"p5"}}"#, #"{"event":"websocket:cleared"}"#,
            ]
        ),
        (
            .asterisk,
            [
                AsteriskGoldenTests.json, #"{"event":"DTMF_END","channel_id":"1790.1","digit":"5"}"#,
                #"{"event":"MEDIA_MARK_PROCESSED","channel_id":"1790.1","correlation_id":"p1"}"#,
                #"{"event":"MEDIA_XOFF","channel_id":"1790.1"}"#, #"{"event":"MEDIA_XON","channel_id":"1790.1"}"#,
            ]
        ),
        (
            .jambonz,
            [
                JambonzGoldenTests.start, #"{"event":"dtmf","dtmf":"2","duration":"1600"}"#,
                #"{"type":"mark","data":{"name":"p1","event":"playout"}}"#, #"{"type":"playDone"}"#,
            ]
        ),
        (
            .genesys,
            [
                GenesysGoldenTests.open, GenesysGoldenTests.message("ping", 2, #"{"rtt":"PT0.02S"}"#),
                GenesysGoldenTests.message("dtmf", 3, #"{"digit":"5"}"#),
                GenesysGoldenTests.message("close", 4, #"{"reason":"end"}"#),
            ]
        ),
        (
            .ozonetel,
            [
                OzonetelGoldenTests.start, OzonetelGoldenTests.media("[0,-3,258,32767,-32768]"),
                #"{"event":"stop","type":"text","ucid":"u1","did":"80000"}"#,
            ]
        ),
    ]

    /// All of them.
    static let all = calls + others
}
