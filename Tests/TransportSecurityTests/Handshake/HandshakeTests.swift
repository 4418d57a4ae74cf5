// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

@Suite struct HandshakeTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    @Test(arguments: TLSVersion.allCases, Delivery.allCases)
    func `Both versions shake hands and carry data however the bytes arrive`(
        version: TLSVersion,
        delivery: Delivery
    ) throws {
        let pair = try TLSPair(
            server: materials.server(),
            client: materials.client { $0.maximumVersion = version },
            delivery: delivery
        )
        try pair.pump()
        for end in [pair.serverEnd, pair.clientEnd] {
            #expect(end.handshakes == 1)
            #expect(end.errors.isEmpty)
            #expect(end.negotiation?.version == version)
            #expect(end.negotiation?.applicationProtocol == "http/1.1")
            #expect(end.negotiation?.isResumed == false)
            #expect(end.negotiation?.serverName == "localhost")
        }
        #expect(pair.clientEnd.negotiation?.peerSubject == "CN=localhost")
        #expect(pair.serverEnd.negotiation?.peerSubject == nil)
        try pair.send("from the client", from: pair.client)
        try pair.send("from the server", from: pair.server)
        #expect(pair.serverEnd.text == "from the client")
        #expect(pair.clientEnd.text == "from the server")
    }
}
