// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallSession
import Foundation
import Logging
import Testing
import VoiceBridge

/// What a log tells of calls, and what it must not.
@Suite struct LoggingTests {
    /// Keeps what is logged.
    struct Keeper: LogHandler {
        let lines: Watched<[String]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            let fields = all.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            let line = "\(event.level) \(event.message) \(fields)"
            lines.update { $0.append(line) }
        }
    }

    @Test func `Each line of a call carries its id, and none a token, a digit or a number`() async throws {
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in Keeper(lines: lines) }
        let bot = TestBot { call in
            let collected = try await call.digits(DigitCollection(count: 6))
            #expect(collected.digits == "739182")
            throw CallError.invalid("nothing to say")
        }
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            routes: [{authentication: {bearer: t0ken-s3cret, headers: {X-Key: k3y-s3cret}, query_token: q-s3cret}, bot: test}]
            """
        try await RunningServer.run(bot, yaml, logger: logger) { serving in
            let path = "/v1/ivr-solutions?token=q-s3cret"
            for fields in [[], ["Authorization: Bearer x-s3cret", "X-Key: y-s3cret"]] {
                _ = try await RawClient.ask(serving.port, RawClient.request("GET \(path) HTTP/1.1", adding: fields))
            }
            let client = try await RawClient.open(
                serving.port,
                path: path,
                fields: ["Authorization: Bearer t0ken-s3cret", "X-Key: k3y-s3cret"],
                following: Wire.start(call: "call-42")
            )
            try await client.send(RawFrame.text(#"{"event":"odd\u0000\r\nname"}"#) + RawFrame.text("s3cret, not JSON"))
            try await client.send("739182".flatMap { Wire.digit(String($0)) })
            _ = try await client.frames { $0.text == Wire.hangUp }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1011)
            _ = try await serving.observed.ended()
            let all = lines.value
            let ofCall = all.filter { !$0.contains("refused") }
            #expect(ofCall.count >= 5)
            for line in ofCall { #expect(line.contains("call=call-42"), "\(line)") }
            for line in all {
                for hidden in ["s3cret", "7391", "9182", "981000", "180000000"] {
                    #expect(!line.contains(hidden), "\(line)")
                }
            }
            #expect(all.contains { $0.contains("reason=unauthenticated") })
            #expect(all.contains { $0.contains("reason=wrong_credentials") })
            #expect(all.contains { $0.contains("from=******0001 ") && $0.contains("to=*******0002") })
            #expect(all.contains { $0.hasPrefix("error the bot failed") })
        }
    }

    @Test func `An error of a bot is told in 256 bytes, and what is a Secret in it not at all`() async throws {
        struct Refused: Error {
            let key = Secret("pl4nted-key")
            let cause = String(repeating: "long ", count: 1_000) + "pl4nted-end"
        }
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in Keeper(lines: lines) }
        try await RunningServer.run(TestBot { _ in throw Refused() }, logger: logger) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await client.frames { $0.text == Wire.hangUp }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1011)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.summary.botError?.utf8.count == 256)
            #expect(ended.summary.botError?.contains("key: (secret), cause: ") == true)
            let told = lines.value.filter { $0.contains("long long") }
            #expect(told.count >= 2)
            for line in lines.value { #expect(!line.contains("pl4nted") && line.utf8.count < 1_024, "\(line)") }
        }
    }
}
