// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("Defaults")
struct DefaultsTests {
    @Test("the smallest file is a loopback server with one route")
    func smallest() throws {
        let configuration = try Fixture.load(Fixture.smallest)
        #expect(configuration.listen.host.text == "127.0.0.1")
        #expect(configuration.listen.port == 8443)
        #expect(configuration.listen.security == .selfSigned)
        #expect(configuration.listen.publicURL == nil)
        #expect(configuration.admin.host.text == "127.0.0.1")
        #expect(configuration.admin.port == 9090)
        #expect(configuration.logging.level == .info)
        #expect(configuration.logging.format == .auto)
        #expect(configuration.records.path == nil && configuration.records.digits == .masked)
        #expect(configuration.records.keepDays == 90 && configuration.records.keepCalls == 1_000_000)
        #expect(configuration.records.backlog == 10_000)
        #expect(configuration.webhooks == WebhooksConfiguration() && configuration.webhooks.spool == nil)
        #expect(configuration.webhooks.digits == .masked && configuration.webhooks.endpoints.isEmpty)
        #expect(configuration.webhooks.backlog == 100_000 && configuration.webhooks.deadLetters == 10_000)
        let route = try #require(configuration.routes.first)
        #expect(configuration.routes.count == 1)
        #expect(route.path == "/v1/ivr-solutions")
        #expect(route.dialect == "ivr-solutions")
        #expect(route.bot == "receptionist")
        #expect(route.executor == .pool)
        #expect(route.authentication.credentials == [.bearer(Secret("t0ken"))])
        #expect(route.dialectOptions.flag("marks") == false)
        #expect(route.dialectOptions.text("audio_out") == "json")
        #expect(route.botOptions.integer("attempts") == 3)
        #expect(route.botOptions.duration("patience") == .milliseconds(5_500))
        #expect(route.botOptions.list("words") == ["yes", "no"])
        #expect(route.botOptions.map("menu") == ["1": "sales", "0": "operator"])
        #expect(route.apology == nil)
        #expect(route.configAPIPath == nil)
    }

    @Test("limits that nobody set, on server and route")
    func limits() throws {
        let configuration = try Fixture.load(Fixture.smallest)
        let limits = configuration.limits
        #expect(limits.calls == 1_000)
        #expect(limits.lag == .milliseconds(20))
        #expect(limits.busy == 85)
        #expect(limits.connectionsPerSource == 1_000)
        #expect(limits.handshakeTimeout == .seconds(10))
        #expect(limits.startTimeout == .seconds(10))
        #expect(limits.messageBytes == 1_048_576)
        #expect(limits.fragments == 1_000)
        #expect(limits.maximumCallDuration == .seconds(14_400))
        #expect(limits.silenceTimeout == .seconds(900))
        #expect(limits.drainDeadline == .seconds(300))
        #expect(limits.retryAfter == .seconds(5))
        #expect(limits.overdueBotGrace == .seconds(2))
        #expect(limits.eventLoops == nil)
        #expect(configuration.routes[0].limits == RouteLimits(limits))
    }

    @Test("settings of a route that nobody set")
    func route() throws {
        let route = try Fixture.load(Fixture.smallest).routes[0]
        #expect(route.audio.lead == .milliseconds(200))
        #expect(route.audio.frame == .milliseconds(20))
        #expect(route.audio.startThreshold == .milliseconds(60))
        #expect(route.audio.preBuffer == .seconds(2))
        #expect(route.audio.maximumQueue == .seconds(60))
        #expect(!route.webSocket.compression)
        #expect(route.webSocket.subprotocols.isEmpty)
        #expect(route.webSocket.pingInterval == .seconds(20))
        #expect(route.webSocket.peerTimeout == .seconds(30))
        #expect(route.bargeIn.speech)
        #expect(route.bargeIn.debounce == .milliseconds(200))
        #expect(route.bargeIn.confirmation == .milliseconds(500))
        #expect(route.bargeIn.echoGuard)
        #expect(route.turn == TurnSettings())
        #expect(route.turn.idle == .seconds(10))
    }

    @Test("a section with nothing in it has its defaults")
    func emptySections() throws {
        let yaml = """
            listen:
            admin:
            limits: ~
            logging: {}
            routes:
              - authentication: {bearer: t0ken}
                audio:
                bot_options:
            """
        #expect(try Fixture.load(yaml) == Fixture.load(Fixture.smallest))
    }

    @Test("a route has the server's limits but for its own")
    func routeLimits() throws {
        let yaml = """
            limits: {calls: 50, message_bytes: 64KiB, silence_timeout: off}
            routes:
              - authentication: {bearer: t0ken}
                limits: {calls: 5, maximum_call_duration: 90s}
            """
        let limits = try Fixture.load(yaml).routes[0].limits
        #expect(limits.calls == 5)
        #expect(limits.messageBytes == 65_536)
        #expect(limits.silenceTimeout == nil)
        #expect(limits.maximumCallDuration == .seconds(90))
        #expect(limits.startTimeout == .seconds(10))
    }
}
