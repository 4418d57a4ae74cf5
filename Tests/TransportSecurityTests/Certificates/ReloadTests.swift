// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity

@Suite struct ReloadTests {
    let folder: TemporaryFolder
    let old: SelfSignedCertificate
    let new: SelfSignedCertificate
    let reloadable: ReloadableTLSContext

    init() throws {
        folder = try TemporaryFolder()
        old = try SelfSignedCertificate.make(hosts: ["old.test"])
        new = try SelfSignedCertificate.make(hosts: ["new.test"])
        reloadable = try ReloadableTLSContext(
            TLSServerConfiguration(
                certificateChain: .file(folder.write("server.pem", old.certificate)),
                privateKey: .file(folder.write("server.key", old.privateKey))
            )
        )
    }

    private func connect(_ host: String) throws -> TLSPair {
        var configuration = TLSClientConfiguration()
        configuration.trustRoots = .only(.bytes(old.certificate + new.certificate))
        let pair = try TLSPair(server: reloadable.current, client: TLSContext(configuration), host: host)
        try pair.pump()
        return pair
    }

    @Test func `New connections see the new certificate and open ones go on`() throws {
        let open = try connect("old.test")
        #expect(open.clientEnd.handshakes == 1)
        _ = try folder.write("server.pem", new.certificate)
        _ = try folder.write("server.key", new.privateKey)
        try reloadable.reload()
        let next = try connect("new.test")
        #expect(next.clientEnd.handshakes == 1)
        #expect(try connect("old.test").clientEnd.errors.map(\.code) == [.hostNameMismatch])
        try open.send("undisturbed", from: open.client)
        try open.send("indeed", from: open.server)
        #expect(open.serverEnd.text == "undisturbed")
        #expect(open.clientEnd.text == "indeed")
    }

    @Test func `A bad file is refused and the old one serves on`() throws {
        _ = try folder.write("server.pem", new.certificate)
        let mismatch = #expect(throws: TLSError.self) { try reloadable.reload() }
        #expect(mismatch?.code == .keyMismatch)
        _ = try folder.write("server.pem", [])
        #expect(throws: TLSError.self) { try reloadable.reload() }
        #expect(try connect("old.test").clientEnd.handshakes == 1)
    }
}
