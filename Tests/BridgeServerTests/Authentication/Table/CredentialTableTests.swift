// SPDX-License-Identifier: Apache-2.0
import CallModel
import Logging
import Testing
import TransportSecurity

@testable import BridgeServer

/// Who may connect: every credential that a route can demand, by every way of not having it, over a socket through the
/// server's front.
///
/// What is refused reaches no bot, whatever comes behind it; what is right does.
@Suite struct CredentialTableTests {
    static let cases =
        CredentialCase.bearers + CredentialCase.headers + CredentialCase.queries + CredentialCase.basics
        + CredentialCase.severals + CredentialCase.twilios + CredentialCase.plivos + CredentialCase.genesyses
        + CredentialCase.pathTokens + CredentialCase.addresses + CredentialCase.certificates

    @Test(arguments: CredentialCase.Kind.allCases)
    func `Every kind has every matter, or says why not`(kind: CredentialCase.Kind) {
        for matter in CredentialCase.Matter.allCases {
            let isThere = Self.cases.contains { $0.kind == kind && $0.matter == matter }
            #expect(isThere == (kind.without[matter] == nil), "\(matter.rawValue)")
        }
        #expect(Self.cases.contains { $0.kind == kind && $0.statuses.first == 101 })
    }

    @Test(arguments: cases)
    func `A request is judged before anything else`(wanted: CredentialCase) async throws {
        let bot = TestBot.silent()
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        let security = wanted.kind == .clientCertificate ? try ClientSecurity(wanted.shown) : nil
        try await RunningServer.run(bot, Self.yaml(wanted, security), logger: logger, clock: { wanted.now }) {
            serving in
            var accepted = 0
            var reasons: [String] = []
            for status in wanted.statuses {
                if status == 101 { accepted += 1 } else { reasons.append(wanted.reason(status)) }
                try await Self.ask(serving, wanted, status, security?.client)
                if status == 101 {
                    _ = try await serving.observed.ended(accepted)
                } else {
                    #expect(try await serving.observed.refusal(reasons.count) == reasons)
                }
            }
            try await serving.untilIdle()
            #expect(bot.runs.value.begun == accepted)
            let log = serving.observed.log.value
            #expect(log.started.count == accepted && log.ended.count == accepted)
            for hidden in wanted.planted {
                for line in lines.value { #expect(!line.contains(hidden), "\(line)") }
                for start in log.started { #expect(!"\(start)".contains(hidden)) }
            }
            #expect(lines.value.count >= wanted.statuses.count)
        }
    }

    /// Asterisk's dialect takes what stands in the query for parameters of the call.
    @Test func `A credential is no parameter of a call`() async throws {
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            routes: [{path: /v1/bot, dialect: asterisk, authentication: {query_token: qu3ry-t0ken}, bot: test}]
            """
        try await RunningServer.run(TestBot.silent(), yaml) { serving in
            let start =
                "MEDIA_START connection_id:x1 channel:WebSocket/x1/0 channel_id:1790.1 format:slin16 "
                + "optimal_frame_size:640 ptime:20"
            let target = "/v1/bot?call_id=c1&token=qu3ry-t0ken&from=9810000001"
            let client = try await RawClient.open(serving.port, path: target, following: RawFrame.text(start))
            let started = try await serving.observed.log.wait("start") { $0.started.first }
            #expect(started.from == "9810000001")
            #expect(started.parameters["call_id"] == "c1")
            #expect(started.parameters["token"] == nil)
            #expect(!"\(started)".contains("qu3ry-t0ken"))
            try await client.drop()
        }
    }

    private static func ask(
        _ serving: RunningServer,
        _ wanted: CredentialCase,
        _ status: Int,
        _ tls: TLSContext?
    ) async throws {
        let request = RawClient.request("GET \(wanted.target) HTTP/1.1", fields(wanted), adding: wanted.fields)
        let client = try await RawClient.connect(serving.port, tls: tls)
        guard status != 0 else {
            client.sendAnyway(Array(request.utf8) + Wire.start())
            return try await client.untilClosed()
        }
        // A refused request is followed by a start all the same: it must reach nobody.
        try await client.send(Array(request.utf8) + Wire.start() + Wire.stop)
        let answer = try #require(try await client.answer())
        #expect(answer.status == status)
        guard status != 101 else {
            #expect(try await client.closeCode() == 1000)
            return try await client.drop()
        }
        #expect(answer["Connection"] == "close")
        let scheme = wanted.kind == .basic ? "Basic realm=" : "Bearer"
        #expect((answer["WWW-Authenticate"]?.hasPrefix(scheme) == true) == (status == 401))
        for hidden in wanted.planted { #expect(!"\(answer)".contains(hidden)) }
        try await client.untilClosed()
        try await client.drop()
    }

    /// The handshake's own, without those that the case sends itself.
    private static func fields(_ wanted: CredentialCase) -> [String] {
        wanted.fields.contains { $0.hasPrefix("Host:") }
            ? RawClient.handshakeFields.filter { !$0.hasPrefix("Host:") } : RawClient.handshakeFields
    }

    private static func yaml(_ wanted: CredentialCase, _ security: ClientSecurity?) -> String {
        let publicURL = wanted.publicURL ?? wanted.kind.publicURL
        // Where the connection's own address is asked for, nobody else's is believed.
        let proxies = wanted.demands?.contains("127.0.0.0") == true ? "[]" : "[127.0.0.0/8]"
        return """
            listen: {port: 0, \(security?.yaml ?? "plain: true"), public_url: "\(publicURL)", trusted_proxies: \(proxies)}
            admin: {port: 0}
            routes:
              - path: \(wanted.kind.path)
                authentication: {\(wanted.demands ?? wanted.kind.demands)}
                config_api: false
                bot: test
            """
    }

    /// A listener that asks for certificates, and a client of it.
    private struct ClientSecurity {
        let own: Certificates
        let client: TLSContext

        init(_ shown: CredentialCase.Shown) throws {
            own = try Certificates()
            let vouched = try SelfSignedCertificate.make(hosts: ["platform.test"])
            try own.folder.write("platforms.pem", vouched.certificate)
            let certificate: SelfSignedCertificate? =
                switch shown {
                case .none: nil
                case .vouched: vouched
                case .foreign: try SelfSignedCertificate.make(hosts: ["platform.test"])
                }
            client = try Certificates.client(trusting: own.certificate, showing: certificate)
        }

        var yaml: String {
            let folder = own.folder.path
            return "tls: {certificate: \(folder)/certificate.pem, key: \(folder)/key.pem, "
                + "client_ca: \(folder)/platforms.pem, client_certificates: optional}"
        }
    }
}
