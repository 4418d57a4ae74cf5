// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import NIOCore
import Testing

@Suite("Article of the IVR Solutions wire")
struct WireArticleTests {
    private let article: Document

    init() throws { article = try Document("Sources/VoiceBridge/VoiceBridge.docc/IVRSolutionsWire.md") }

    private static let phones = ["09810000003", "09810000004"]
    private static let commands: [CallCommand] = [
        .utteranceEnd, .clear, .mark("m1"), .hangUp(reason: nil), .transfer(.phone("09810000003")),
        .transfer(.phones(phones, strategy: .simultaneous)), .transfer(.phones(phones, strategy: .sequential)),
        .transfer(.extension("204")), .transfer(.flow("billing")),
        .transfer(.bot(url: "wss://bot.example.net/v1/other")),
    ]

    @Test("what it says is sent is what is sent")
    func sent() throws {
        var dialect = try Dialect(
            name: .ivrSolutions,
            options: BotOptions(["marks": .flag(true), "utterance_done": .flag(true)])
        )
        let start = try #require(article.blocks("json").last?.split(separator: "\n").dropFirst().first)
        _ = try dialect.decode(text: Array(start.utf8).span)
        var expected: [String] = []
        var audio = ByteBuffer()
        _ = dialect.encodeAudio([0x7F, 0, 0x7F, 0].span, into: &audio)
        expected.append(String(buffer: audio))
        let keys = try #require(DTMFString("12#"))
        for command in Self.commands + [.digits(keys)] {
            var buffer = ByteBuffer()
            _ = try dialect.encode(command, into: &buffer)
            expected.append(String(buffer: buffer))
        }
        let rows = article.codeRows().map { $0[0] }.filter { $0.hasPrefix("{") }
        #expect(Set(rows) == Set(expected))
        #expect(rows.count == expected.count)
    }

    @Test("what it says comes is understood")
    func received() throws {
        var dialect = try Dialect(name: .ivrSolutions, options: BotOptions())
        let lines = try #require(article.blocks("json").last?.split(separator: "\n"))
        let events = try lines.map { line in try dialect.decode(text: Array(line.utf8).span) }
        #expect(events.count == 5)
        #expect(events[0] == .connected)
        guard case .start(let start) = events[1], case .media = events[2] else {
            Issue.record("\(events)")
            return
        }
        #expect(start.format == .linear8kHz)
        #expect(start.from == "9810000001")
        let four = try #require(DTMFDigit("4"))
        #expect(events[3] == .digit(four, duration: .milliseconds(110)))
        #expect(events[4] == .stop(reason: "callended"))
    }

    @Test("every name that it says is taken is taken")
    func names() throws {
        let rows = article.codeRows().filter { $0.count == 3 && !$0[0].hasPrefix("{") }
        #expect(rows.count == 7)
        for row in rows {
            for name in row[1].split(separator: "`, `") {
                var dialect = try Dialect(name: .ivrSolutions, options: BotOptions())
                let message = #"{"event":"\#(name)","digit":"1","name":"m","payload":"AAA="}"#
                let event = try dialect.decode(text: Array(message.utf8).span)
                if case .ignored(let why) = event { Issue.record("\(name): \(why)") }
            }
        }
    }
}
