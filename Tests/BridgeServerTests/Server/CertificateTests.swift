// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Testing
import TransportSecurity

/// Which certificate is shown, and which is asked for.
@Suite struct CertificateTests {
    /// Whether a client that trusts this certificate alone gets through.
    static func accepts(_ serving: RunningServer, _ context: TLSContext) async throws -> Bool {
        let client = try await RawClient.connect(serving.port, tls: context)
        client.sendAnyway(Array(RawClient.request().utf8) + Wire.start() + Wire.stop)
        guard let answer = try await client.answer() else { return false }
        #expect(answer.status == 101)
        #expect(try await client.closeCode() == 1000)
        try await client.untilClosed()
        return true
    }

    @Test func `A new certificate is taken up without touching open calls, a bad file changes nothing`() async throws {
        let bot = TestBot.silent()
        let old = try Certificates()
        let new = try Certificates()
        let (oldClient, newClient) = (try old.client(), try new.client())
        try await RunningServer.run(bot, old.yaml) { serving in
            let live = try await serving.call(following: Wire.start(call: "live"), tls: old.client())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            try old.folder.write("certificate.pem", new.certificate.certificate)
            #expect(throws: (any Error).self) { try serving.server.reloadCertificate() }
            #expect(try await Self.accepts(serving, oldClient))
            try old.folder.write("certificate.pem", Array("no certificate".utf8))
            #expect(throws: (any Error).self) { try serving.server.reloadCertificate() }
            #expect(try await Self.accepts(serving, oldClient))
            try old.folder.write("certificate.pem", new.certificate.certificate)
            try old.folder.write("key.pem", new.certificate.privateKey)
            try serving.server.reloadCertificate()
            #expect(try await Self.accepts(serving, newClient))
            #expect(try await Self.accepts(serving, oldClient) == false)
            try await live.send(Wire.stop)
            #expect(try await live.closeCode() == 1000)
        }
    }

    @Test func `Where clients must show a certificate, those without or with another reach nobody`() async throws {
        let bot = TestBot.silent()
        let own = try Certificates()
        let platform = try SelfSignedCertificate.make(hosts: ["platform.test"])
        let stranger = try SelfSignedCertificate.make(hosts: ["stranger.test"])
        try own.folder.write("platforms.pem", platform.certificate)
        let yaml = own.yaml(adding: ", client_ca: \(own.folder.path)/platforms.pem")
        try await RunningServer.run(bot, yaml) { serving in
            let strange = try Certificates.client(trusting: own.certificate, showing: stranger)
            let good = try Certificates.client(trusting: own.certificate, showing: platform)
            for client in [try own.client(), strange] {
                let isAccepted = try await Self.accepts(serving, client)
                #expect(!isAccepted)
            }
            #expect(try await serving.observed.refusal(2) == ["tls_failed", "tls_failed"])
            #expect(bot.runs.value.begun == 0)
            let isAccepted = try await Self.accepts(serving, good)
            #expect(isAccepted)
        }
    }

    @Test func `Who speaks plain HTTP to the encrypted port is told`() async throws {
        let own = try Certificates()
        try await RunningServer.run(TestBot.silent(), own.yaml) { serving in
            let answer = try #require(try await RawClient.ask(serving.port, RawClient.request()))
            #expect(answer.status == 400 && answer.body.contains("wss://"))
            #expect(try await serving.observed.refusal() == ["tls_failed"])
        }
    }

    @Test func `A certificate without its key is an error at start`() async throws {
        let own = try Certificates()
        let other = try Certificates()
        try own.folder.write("key.pem", other.certificate.privateKey)
        let error = await #expect(throws: BridgeServerError.self) {
            try await RunningServer.run(TestBot.silent(), own.yaml) { _ in }
        }
        #expect(error?.description.hasPrefix("listen.tls: ") == true)
        #expect(error?.description.contains("\n") == false)
    }
}
