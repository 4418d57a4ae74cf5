// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity

@Suite struct VerificationTests {
    @Test(arguments: ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "::1", "[::1]", "a.calls.test"])
    func `A server is believed under each name of its certificate`(host: String) throws {
        let materials = try Materials(hosts: SelfSignedCertificate.loopbackHosts + ["*.calls.test"])
        let pair = try TLSPair(server: materials.server(), client: materials.client(), host: host)
        try pair.pump()
        #expect(pair.clientEnd.errors.isEmpty)
        #expect(pair.clientEnd.handshakes == 1)
        #expect((pair.serverEnd.negotiation?.serverName == nil) == host.contains(where: { $0 == ":" || $0 == "1" }))
    }

    @Test(arguments: ["calls.test", "a.b.calls.test", "127.0.0.2", "::2", "localhost.calls.example"])
    func `A server is not believed under another name, and hears why`(host: String) throws {
        let materials = try Materials(hosts: SelfSignedCertificate.loopbackHosts + ["*.calls.test"])
        let pair = try TLSPair(server: materials.server(), client: materials.client(), host: host)
        try pair.pump()
        let error = try #require(pair.clientEnd.errors.first)
        #expect(error.code == .hostNameMismatch)
        #expect(error.message.contains("'\(host)'"))
        #expect(pair.clientEnd.handshakes == 0)
        #expect(pair.serverEnd.errors.map(\.code) == [.refusedByPeer])
    }

    @Test(arguments: TLSVersion.allCases)
    func `A certificate of nobody we trust is refused with its reason on both sides`(version: TLSVersion) throws {
        let materials = try Materials()
        let stranger = try Materials()
        let pair = try TLSPair(
            server: stranger.server(),
            client: materials.client { $0.maximumVersion = version }
        )
        try pair.pump()
        let error = try #require(pair.clientEnd.errors.first)
        #expect(error.code == .peerUntrusted)
        #expect(error.message.contains("'localhost'"))
        #expect(error.message.contains("give its issuer as trust root"))
        let heard = try #require(pair.serverEnd.errors.first)
        #expect(heard.code == .refusedByPeer)
        #expect(heard.message.hasPrefix("the client refused with alert "))
    }

    @Test func `The system's roots do not cover a made certificate`() throws {
        let materials = try Materials()
        let pair = try TLSPair(server: materials.server(), client: TLSContext(TLSClientConfiguration()))
        try pair.pump()
        #expect(pair.clientEnd.errors.map(\.code) == [.peerUntrusted])
    }

    @Test func `Verification can be switched off`() throws {
        let stranger = try Materials()
        let client = try Materials().client { $0.verification = .none }
        let pair = try TLSPair(server: stranger.server(), client: client, host: "elsewhere.test")
        try pair.pump()
        #expect(pair.clientEnd.handshakes == 1)
        try pair.send("hello", from: pair.client)
        #expect(pair.serverEnd.text == "hello")
    }

    @Test func `A certificate that ended is refused`() throws {
        let short = try SelfSignedCertificate.expired()
        var configuration = short.serverConfiguration
        configuration.acceptsExpiredCertificate = true
        var client = TLSClientConfiguration()
        client.trustRoots = .only(.bytes(short.certificate))
        let pair = try TLSPair(server: TLSContext(configuration), client: TLSContext(client))
        try pair.pump()
        let error = try #require(pair.clientEnd.errors.first)
        #expect(error.code == .peerUntrusted)
        #expect(error.message.contains("expired"))
    }

    @Test(arguments: ["", ".", "a b", "bücher.example", "a..b", "host\0.example", "host/path", "host:443"])
    func `What is no host name is refused before anything is sent`(host: String) throws {
        let client = try Materials().client()
        let error = #expect(throws: TLSError.self) { try TLSHandler(client: client, serverName: host) }
        #expect(error?.code == .badSettings)
    }

    @Test func `A context of the wrong side is refused`() throws {
        let materials = try Materials()
        let (server, client) = (try materials.server(), try materials.client())
        #expect(throws: TLSError.self) { try TLSHandler(server: client) }
        #expect(throws: TLSError.self) { try TLSHandler(client: server, serverName: "localhost") }
    }
}
