// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Logging
import Testing

@testable import voicebridge

/// What IVR Solutions tells of calls, joined to the calls that are up.
@Suite struct CallbackTests {
    static let yaml = """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        routes: [{authentication: {none: true}, bot: test}]
        receivers:
          - {path: /callbacks, kind: ivr-solutions-callbacks, options: {secret_key: k3y}, authentication: {none: true}}
        """

    /// Bodies of the platform's webhook, and their HMAC-SHA256 by `k3y`, as `openssl dgst -sha256 -hmac k3y` makes it.
    static let answered = (
        #"{"event":"call.in-progress","call_id":"call-1","caller":"9810000001"}"#,
        "ca04424d34b3192cdceac6d7748c151167a53b96f255dec77dc59d446908b017"
    )
    static let ringing = (
        #"{"event":"call.ringing","call_id":"call-1"}"#,
        "bceae6b774fcc454e9f0a1f35ddf5485a6260a5478e5f5cfcf154462abe15b10"
    )
    static let completed = (
        #"{"event":"call.completed","call_id":"call-1"}"#,
        "763ca562bb54b2a0cd4087af10f2622b8b1bb40343c2d07d385f06ab387ade94"
    )
    static let other = (
        #"{"event":"call.ringing","call_id":"call-9"}"#,
        "bee73381b8a7aefc2bce143ddb5fdea3ed69b1e57a2a0523d3e7bc1b6059a31a"
    )

    private func tell(_ serving: RunningServer, _ callback: (body: String, signature: String)) async throws -> Int {
        let fields = [
            "Host: a", "Content-Type: application/json", "Content-Length: \(callback.body.utf8.count)",
            "X-Signature: \(callback.signature)",
        ]
        let request = RawClient.request("POST /callbacks HTTP/1.1", fields, body: callback.body)
        return try #require(try await RawClient.ask(serving.port, request)).status
    }

    @Test func `They find their calls, and late ones are counted`() async throws {
        let directory = CallDirectory()
        let services = PlatformServices(
            directory: directory,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let receivers = BuiltInReceivers.catalogue(services)
        try await RunningServer.run(TestBot.silent(), Self.yaml, receivers: receivers, directory: directory) {
            serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await serving.observed.log.wait("start") { $0.started.isEmpty ? nil : true }
            #expect(try await tell(serving, Self.answered) == 200)
            // The platform sends again what it believes lost.
            #expect(try await tell(serving, Self.answered) == 200)
            #expect(try await tell(serving, Self.ringing) == 200)
            #expect(try await tell(serving, Self.other) == 200)
            #expect(try await tell(serving, (Self.completed.0, Self.ringing.1)) == 401)
            try await client.send(Wire.stop)
            _ = try await serving.observed.ended()
            #expect(try await tell(serving, Self.completed) == 200)
            let told = serving.observed.log.value.told
            #expect(told.map(\.standing) == [.live, .live, .unknown, .finished])
            #expect(told.map(\.event.name) == ["call.in-progress", "call.ringing", "call.ringing", "call.completed"])
            #expect(told.map(\.event.isOutOfOrder) == [false, true, false, false])
            #expect(told[0].event.details["caller"] == "9810000001" && told[0].event.platform == "ivr-solutions")
            let counts = directory.counts
            #expect(counts.live == 2 && counts.finished == 1 && counts.unknown == 1)
        }
    }
}
