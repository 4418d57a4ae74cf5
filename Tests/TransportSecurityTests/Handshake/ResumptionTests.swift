// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity

@Suite struct ResumptionTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    @Test(arguments: TLSVersion.allCases)
    func `A second connection takes up the first one's session`(version: TLSVersion) throws {
        let server = try materials.server()
        let client = try materials.client { $0.maximumVersion = version }
        let session = TLSClientSession()
        #expect(session.isEmpty)
        for round in 0..<3 {
            let pair = try TLSPair(server: server, client: client, session: session)
            try pair.pump()
            #expect(pair.clientEnd.negotiation?.isResumed == (round > 0))
            #expect(pair.serverEnd.negotiation?.isResumed == (round > 0))
            try pair.send("still me", from: pair.client)
            #expect(pair.serverEnd.text == "still me")
            // Cut off rudely: the session survives that.
            pair.end(pair.client)
            pair.end(pair.server)
        }
        #expect(!session.isEmpty)
        session.forget()
        #expect(session.isEmpty)
    }

    @Test func `Without a place for sessions each handshake is full`() throws {
        let server = try materials.server()
        let client = try materials.client()
        for _ in 0..<2 {
            let pair = try TLSPair(server: server, client: client)
            try pair.pump()
            #expect(pair.clientEnd.negotiation?.isResumed == false)
        }
    }

    @Test func `A session of a client that verifies nothing is not offered by one that verifies`() throws {
        let server = try materials.server()
        let session = TLSClientSession()
        let careless = try TLSPair(
            server: server,
            client: materials.client { $0.verification = .none },
            session: session
        )
        try careless.pump()
        #expect(!session.isEmpty)
        let stranger = try Materials()
        let careful = try TLSPair(server: server, client: stranger.client(), session: session)
        try careful.pump()
        #expect(careful.clientEnd.errors.map(\.code) == [.peerUntrusted])
    }

    @Test func `A session is not offered under another name`() throws {
        let server = try materials.server()
        let client = try materials.client()
        let session = TLSClientSession()
        try TLSPair(server: server, client: client, host: "localhost", session: session).pump()
        let other = try TLSPair(server: server, client: client, host: "127.0.0.1", session: session)
        try other.pump()
        #expect(other.clientEnd.negotiation?.isResumed == false)
    }

    @Test func `A ticket of another server is set aside and the handshake is full`() throws {
        let client = try materials.client()
        let session = TLSClientSession()
        try TLSPair(server: materials.server(), client: client, session: session).pump()
        let second = try TLSPair(server: materials.server(), client: client, session: session)
        try second.pump()
        #expect(second.clientEnd.negotiation?.isResumed == false)
        #expect(second.clientEnd.errors.isEmpty)
    }
}
