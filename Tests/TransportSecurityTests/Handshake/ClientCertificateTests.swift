// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity

@Suite struct ClientCertificateTests {
    let materials: Materials
    let platform: SelfSignedCertificate

    init() throws {
        materials = try Materials()
        platform = try SelfSignedCertificate.make(hosts: ["platform.test"])
    }

    private func pair(
        _ verification: TLSServerConfiguration.ClientVerification,
        shows: SelfSignedCertificate?,
        _ version: TLSVersion = .v1_3
    ) throws -> TLSPair {
        let identity = shows.map {
            TLSClientConfiguration.Identity(
                certificateChain: .bytes($0.certificate),
                privateKey: .bytes($0.privateKey)
            )
        }
        let pair = try TLSPair(
            server: materials.server { $0.clientVerification = verification },
            client: materials.client {
                $0.identity = identity
                $0.maximumVersion = version
            }
        )
        try pair.pump()
        return pair
    }

    @Test(arguments: TLSVersion.allCases)
    func `A certificate of our authority is accepted and named`(version: TLSVersion) throws {
        let pair = try pair(.required(authorities: .bytes(platform.certificate)), shows: platform, version)
        #expect(pair.serverEnd.errors.isEmpty)
        #expect(pair.serverEnd.negotiation?.peerSubject == "CN=platform.test")
        try pair.send("hello", from: pair.client)
        #expect(pair.serverEnd.text == "hello")
    }

    @Test(arguments: TLSVersion.allCases)
    func `Without one that is required the client hears why`(version: TLSVersion) throws {
        let pair = try pair(.required(authorities: .bytes(platform.certificate)), shows: nil, version)
        #expect(pair.serverEnd.errors.map(\.code) == [.clientCertificateMissing])
        #expect(pair.serverEnd.handshakes == 0)
        #expect(pair.clientEnd.errors.map(\.code) == [.refusedByPeer])
    }

    @Test(arguments: TLSVersion.allCases, [true, false])
    func `One of another authority is refused`(version: TLSVersion, isRequired: Bool) throws {
        let stranger = try SelfSignedCertificate.make(hosts: ["stranger.test"])
        let authorities = PEMSource.bytes(platform.certificate)
        let pair = try pair(
            isRequired ? .required(authorities: authorities) : .optional(authorities: authorities),
            shows: stranger,
            version
        )
        #expect(pair.serverEnd.errors.map(\.code) == [.peerUntrusted])
        #expect(pair.clientEnd.errors.map(\.code) == [.refusedByPeer])
    }

    @Test func `Optional means that none is fine`() throws {
        let pair = try pair(.optional(authorities: .bytes(platform.certificate)), shows: nil)
        #expect(pair.serverEnd.errors.isEmpty)
        #expect(pair.serverEnd.handshakes == 1)
        #expect(pair.serverEnd.negotiation?.peerSubject == nil)
    }

    @Test func `A session remembers the certificate`() throws {
        let server = try materials.server {
            $0.clientVerification = .required(authorities: .bytes(platform.certificate))
        }
        let client = try materials.client {
            $0.identity = .init(
                certificateChain: .bytes(platform.certificate),
                privateKey: .bytes(platform.privateKey)
            )
        }
        let session = TLSClientSession()
        for round in 0..<2 {
            let pair = try TLSPair(server: server, client: client, session: session)
            try pair.pump()
            #expect(pair.serverEnd.negotiation?.isResumed == (round == 1))
            #expect(pair.serverEnd.negotiation?.peerSubject == "CN=platform.test")
        }
    }
}
