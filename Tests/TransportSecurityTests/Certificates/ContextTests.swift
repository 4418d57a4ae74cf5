// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import TransportSecurity

@Suite struct ContextTests {
    let folder: TemporaryFolder
    let own: SelfSignedCertificate
    let other: SelfSignedCertificate

    init() throws {
        folder = try TemporaryFolder()
        own = try SelfSignedCertificate.make()
        other = try SelfSignedCertificate.make(hosts: ["other.test"])
    }

    private func fault(_ certificate: PEMSource, _ key: PEMSource) throws -> TLSError {
        let configuration = TLSServerConfiguration(certificateChain: certificate, privateKey: key)
        return try #require(throws: TLSError.self) { try TLSContext(configuration) }
    }

    @Test func `A good pair of files is taken`() throws {
        let configuration = TLSServerConfiguration(
            certificateChain: .file(try folder.write("server.pem", own.certificate)),
            privateKey: .file(try folder.write("server.key", own.privateKey))
        )
        #expect(try TLSContext(configuration).role == .server)
    }

    @Test func `A key of another certificate is named with both files`() throws {
        let certificate = try folder.write("server.pem", own.certificate)
        let key = try folder.write("other.key", other.privateKey)
        let error = try fault(.file(certificate), .file(key))
        #expect(error.code == .keyMismatch)
        #expect(
            error.message
                == "private key '\(key)' does not belong to certificate '\(certificate)' (CN=localhost): "
                + "give the matching pair"
        )
    }

    @Test func `A chain in the wrong order is told from a wrong key`() throws {
        let error = try fault(.bytes(own.certificate + other.certificate), .bytes(other.privateKey))
        #expect(error.code == .keyMismatch)
        #expect(error.message.contains("belongs to certificate 2 of given as text: put that one first"))
    }

    @Test func `A missing file, a folder and an empty file are told apart`() throws {
        let missing = try fault(.file(folder.path + "/none.pem"), .bytes(own.privateKey))
        #expect(missing.code == .fileUnreadable)
        #expect(
            missing.message
                == "certificate '\(folder.path)/none.pem' cannot be read: No such file or directory; check the path"
        )
        let directory = try fault(.bytes(own.certificate), .file(folder.path))
        #expect(directory.message.hasSuffix("Is a directory; name the file, not its folder"))
        let empty = try fault(.bytes(own.certificate), .file(folder.write("empty.key", [])))
        #expect(empty.message.contains("empty.key' is empty"))
    }

    @Test func `Swapped files, text that is no PEM and damaged PEM are told apart`() throws {
        let swapped = try fault(.bytes(own.privateKey), .bytes(own.certificate))
        #expect(swapped.code == .badCertificate)
        #expect(swapped.message.hasSuffix("it holds a private key: were the two files swapped?"))
        let twice = try fault(.bytes(own.certificate), .bytes(own.certificate))
        #expect(twice.code == .badKey)
        #expect(twice.message.hasSuffix("it holds a certificate: were the two files swapped?"))
        let words = try fault(.bytes(Array("hello".utf8)), .bytes(own.privateKey))
        #expect(words.message.hasSuffix("PEM text is needed (BEGIN CERTIFICATE)"))
        var damaged = own.certificate
        damaged[damaged.count / 2] = UInt8(ascii: "!")
        let second = try fault(.bytes(own.certificate + damaged), .bytes(own.privateKey))
        #expect(second.code == .badCertificate)
        #expect(second.message.contains("certificate 2 is damaged"))
    }

    @Test(arguments: EncryptedKey.allCases)
    func `An encrypted key is named, and nobody is asked for a passphrase`(form: EncryptedKey) throws {
        let key = try #require(form.text(of: own.privateKey))
        let error = try fault(.bytes(own.certificate), .bytes(key))
        #expect(error.code == .encryptedKey)
        #expect(error.message.contains("openssl pkey -in KEY -out PLAIN"))
    }

    @Test func `A certificate out of its time is refused unless asked for`() throws {
        let expired = try SelfSignedCertificate.expired()
        let error = try fault(.bytes(expired.certificate), .bytes(expired.privateKey))
        #expect(error.code == .certificateExpired)
        #expect(error.message.hasSuffix("GMT: renew it"))
        var configuration = expired.serverConfiguration
        configuration.acceptsExpiredCertificate = true
        #expect(throws: Never.self) { try TLSContext(configuration) }
        let future = try SelfSignedCertificate.make(validFor: .seconds(60), from: .seconds(3_600))
        #expect(try fault(.bytes(future.certificate), .bytes(future.privateKey)).code == .certificateExpired)
    }

    @Test func `Trust roots and client authorities are checked too`() throws {
        var client = TLSClientConfiguration()
        client.trustRoots = .only(.file("/none/roots.pem"))
        #expect(throws: TLSError.self) { try TLSContext(client) }
        var server = own.serverConfiguration
        server.clientVerification = .required(authorities: .bytes(Array("nothing".utf8)))
        let error = #expect(throws: TLSError.self) { try TLSContext(server) }
        #expect(error?.message.hasPrefix("client authority given as text holds no certificate") == true)
        var identity = TLSClientConfiguration()
        identity.identity = .init(certificateChain: .bytes(own.certificate), privateKey: .bytes(other.privateKey))
        #expect(throws: TLSError.self) { try TLSContext(identity) }
    }

    @Test func `Messages are bounded and one line`() {
        let error = TLSError(.badSettings, String(repeating: "a\n", count: 1_000))
        #expect(error.message.count == TLSError.maximumMessageLength)
        #expect(!error.message.contains("\n"))
        #expect(error.shortDescription == "badSettings")
    }
}
