// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

extension PlatformGoldenTests {
    /// Those that speak another platform's dialect in their own way.
    static let variants: [Golden] = [
        Golden(
            dialect: .twilio,
            variant: .signalwire,
            mark: #"{"event":"mark","streamSid":"st-01","mark":{"name":"p3"}}"#,
            clear: #"{"event":"clear","streamSid":"st-01"}"#,
            sent: [
                #"{"event":"connected","protocol":"Call","version":"0.2.0"}"#,
                #"{"event":"start","sequenceNumber":"1","streamSid":"st-01","start":{"streamSid":"st-01","accountSid":"AC00000000000000000000000000000000","callSid":"ca-01","tracks":["inbound"],"customParameters":{"from":"+919800000001","to":"+918000000002"},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}"#,
                #"{"event":"mark","sequenceNumber":"2","streamSid":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"media","sequenceNumber":"3","streamSid":"st-01","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"~"}}"#,
                #"{"event":"dtmf","sequenceNumber":"4","streamSid":"st-01","dtmf":{"digit":"2","duration":160}}"#,
                #"{"event":"media","sequenceNumber":"5","streamSid":"st-01","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"~"}}"#,
                #"{"event":"stop","sequenceNumber":"6"}"#,
            ]
        ),
        smartflo(.smartflo), smartflo(.acefone),
        Golden(
            dialect: .plivo,
            variant: .vobiz,
            mark: #"{"event":"checkpoint","streamId":"st-01","name":"p3"}"#,
            clear: #"{"event":"clearAudio","streamId":"st-01"}"#,
            sent: goldens.first { $0.dialect == .plivo }?.sent ?? []
        ),
        Golden(
            dialect: .asterisk,
            variant: .plainText,
            mark: "MARK_MEDIA p3",
            clear: "FLUSH_MEDIA",
            sent: [
                "MEDIA_START connection_id:st-01 channel:WebSocket/st-01/0 channel_id:st-01 format:ulaw "
                    + "optimal_frame_size:160 ptime:20",
                "MEDIA_MARK_PROCESSED correlation_id:p3", "DTMF_END digit:2",
            ],
            binaries: [160, 160]
        ),
    ]

    private static func smartflo(_ variant: SimulatedVariant) -> Golden {
        Golden(
            dialect: .twilio,
            variant: variant,
            mark: #"{"event":"mark","streamSid":"st-01","mark":{"name":"p3"}}"#,
            clear: #"{"event":"clear","streamSid":"st-01"}"#,
            sent: [
                #"{"event":"connected","protocol":"Call","version":"1.0.0"}"#,
                #"{"event":"start","sequenceNumber":"1","streamSid":"st-01","start":{"streamSid":"st-01","accountSid":"AC00000000000000000000000000000000","callSid":"ca-01","from":"+919800000001","to":"+918000000002","direction":"inbound","customParameters":{},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}"#,
                #"{"event":"mark","sequenceNumber":"2","streamSid":"st-01","mark":{"name":"p3"}}"#,
                #"{"event":"media","sequenceNumber":"3","streamSid":"st-01","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"~"}}"#,
                #"{"event":"dtmf","sequenceNumber":"4","streamSid":"st-01","dtmf":{"track":"inbound_track","digit":"2"}}"#,
                #"{"event":"media","sequenceNumber":"5","streamSid":"st-01","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"~"}}"#,
                #"{"event":"stop","sequenceNumber":"6","streamSid":"st-01","stop":{"callSid":"ca-01","reason":"callended"}}"#,
            ]
        )
    }
}
