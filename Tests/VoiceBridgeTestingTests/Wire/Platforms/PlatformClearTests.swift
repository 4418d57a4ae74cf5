// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// What a clear does to the marks behind it, and how much audio waits at most, by platform.
@Suite struct PlatformClearTests {
    struct Cleared: Sendable, CustomTestStringConvertible {
        let dialect: SimulatedDialect
        let audio: VirtualServerOutput
        let mark: String
        let clears: [String]
        /// The marks that return, with their times in milliseconds.
        let returned: [String]
        var testDescription: String { "\(dialect.rawValue), \(clears.count) messages" }
    }

    /// Audio in base64, all bytes zero.
    private static func payload(_ count: Int) -> String { PlainBase64.encode([UInt8](repeating: 0, count: count)) }

    private static func exotel(_ bytes: Int) -> VirtualServerOutput {
        .text(#"{"event":"media","stream_sid":"s","media":{"payload":"\#(payload(bytes))"}}"#)
    }

    static let cleared: [Cleared] = [
        Cleared(
            dialect: .exotel,
            audio: exotel(3_200),
            mark: #"{"event":"mark","stream_sid":"s","mark":{"name":"p"}}"#,
            clears: [#"{"event":"clear","stream_sid":"s"}"#],
            returned: []
        ),
        Cleared(
            dialect: .twilio,
            audio: .text(#"{"event":"media","streamSid":"s","media":{"payload":"\#(payload(1_600))"}}"#),
            mark: #"{"event":"mark","streamSid":"s","mark":{"name":"p"}}"#,
            clears: [#"{"event":"clear","streamSid":"s"}"#],
            returned: ["t=150 -> mark p"]
        ),
        Cleared(
            dialect: .telnyx,
            audio: .text(#"{"event":"media","media":{"payload":"\#(payload(1_600))"}}"#),
            mark: #"{"event":"mark","mark":{"name":"p"}}"#,
            clears: [#"{"event":"clear"}"#],
            returned: ["t=150 -> mark p"]
        ),
        Cleared(
            dialect: .asterisk,
            audio: .binary([UInt8](repeating: 0, count: 1_600)),
            mark: #"{"command":"MARK_MEDIA","correlation_id":"p"}"#,
            clears: [#"{"command":"FLUSH_MEDIA"}"#],
            returned: []
        ),
        Cleared(
            dialect: .jambonz,
            audio: .binary([UInt8](repeating: 0, count: 3_200)),
            mark: #"{"type":"mark","data":{"name":"p"}}"#,
            clears: [#"{"type":"killAudio"}"#],
            returned: ["t=300 -> mark p"]
        ),
        Cleared(
            dialect: .jambonz,
            audio: .binary([UInt8](repeating: 0, count: 3_200)),
            mark: #"{"type":"mark","data":{"name":"p"}}"#,
            clears: [#"{"type":"killAudio"}"#, #"{"type":"clearMarks"}"#],
            returned: ["t=150 -> mark p"]
        ),
    ]

    private func call(_ dialect: SimulatedDialect) -> SimulatedCallConfiguration {
        var configuration = SimulatedCallConfiguration(dialect)
        configuration.streamID = "s"
        configuration.duration = .milliseconds(1_000)
        return configuration
    }

    @Test(arguments: cleared)
    func `marks behind a clear`(cleared: Cleared) {
        let script = [(100, cleared.audio), (100, .text(cleared.mark))] + cleared.clears.map { (150, .text($0)) }
        var virtual = VirtualCall(call(cleared.dialect), server: StandIn(script))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(result.playback.cleared == 1_200)
        #expect(story(result).filter { $0.contains("-> mark") } == cleared.returned)
        if cleared.clears.count == 2 {
            #expect(virtual.server.received.contains(#"{"type":"mark","data":{"name":"p","event":"cleared"}}"#))
        }
    }

    @Test func `more than Exotel holds ends the call`() {
        let script = (0..<21).map { _ in (100, Self.exotel(3_200)) }
        var virtual = VirtualCall(call(.exotel), server: StandIn(script))
        #expect(virtual.run().violations.map(\.rule) == [.bufferOverrun])
    }

    @Test func `what Vonage cannot take ends the connection without a close frame`() {
        let script = [(100, VirtualServerOutput.binary([UInt8](repeating: 0, count: 320)))]
        var virtual = VirtualCall(call(.vonage), server: StandIn(script))
        let result = virtual.run()
        #expect(result.violations.map(\.rule) == [.frameSize])
        #expect(story(result).last == "t=100 -> end of the connection")
        #expect(result.closeCode == nil)
    }
}
