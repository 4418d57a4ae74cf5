// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing
import TransportSecurity

@Suite(.serialized, .timeLimit(.minutes(1))) struct SocketTests {
    let materials: Materials

    init() throws { materials = try Materials() }

    private func connect(
        to server: SocketServer,
        _ context: TLSContext,
        _ journal: Journal,
        session: TLSClientSession? = nil
    ) async throws -> (channel: any Channel, heard: Collector) {
        let heard = Collector()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        TLSHandler(client: context, serverName: "localhost", session: session),
                        CollectorHandler(heard, journal),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: server.port).get()
        return (channel, heard)
    }

    @Test func `Four megabytes come back over real sockets, and the close is clean`() async throws {
        let server = try await SocketServer(materials.server())
        let journal = Journal()
        let (channel, heard) = try await connect(to: server, materials.client(), journal)
        let sent = ByteBuffer(bytes: (0..<(4 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        heard.expect(sent.readableBytes)
        try await channel.writeAndFlush(sent)
        await journal.wait(for: "all")
        #expect(heard.bytes == sent)
        try await channel.close()
        await journal.wait(for: "inactive")
        await server.journal.wait(for: "inactive")
        #expect(server.journal.all == ["handshake", "inactive"])
        #expect(journal.all == ["handshake", "all", "inactive"])
        try await server.stop()
    }

    @Test func `A refused client reads the alert and not a reset`() async throws {
        let authority = try SelfSignedCertificate.make(hosts: ["platform.test"])
        let server = try await SocketServer(
            materials.server { $0.clientVerification = .required(authorities: .bytes(authority.certificate)) }
        )
        let journal = Journal()
        let (channel, _) = try await connect(to: server, materials.client(), journal)
        // TLS 1.3: the client's own handshake is done by now, and it talks at once.
        channel.writeAndFlush(ByteBuffer(repeating: 1, count: 100_000), promise: nil)
        await journal.wait(for: "inactive")
        #expect(journal.all.contains("refusedByPeer"))
        #expect(!journal.all.contains { $0.contains("reset") })
        await server.journal.wait(for: "inactive")
        #expect(server.journal.all == ["clientCertificateMissing", "inactive"])
        try await server.stop()
    }

    @Test func `A connection cut off is truncated at the other end`() async throws {
        let server = try await SocketServer(materials.server())
        let journal = Journal()
        // TLS 1.2, where no ticket follows the handshake: closing with bytes unread would be a reset.
        let client = try materials.client { $0.maximumVersion = .v1_2 }
        let (channel, _) = try await connect(to: server, client, journal)
        await journal.wait(for: "handshake")
        // Behind the TLS handler's back.
        try await channel.eventLoop.submit {
            let first = try channel.pipeline.syncOperations.context(handlerType: TLSHandler.self)
            first.close(promise: nil)
        }.get()
        await server.journal.wait(for: "inactive")
        #expect(server.journal.all == ["handshake", "truncated", "inactive"])
        try await server.stop()
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "needs the package openssl"),
        arguments: TLSVersion.allCases
    )
    func `OpenSSL's own client verifies us`(version: TLSVersion) async throws {
        let folder = try TemporaryFolder()
        let roots = try folder.write("roots.pem", materials.certificate.certificate)
        let server = try await SocketServer(materials.server())
        let output = try folder.write("output.txt", [])
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        let process = try ChildProcess(
            "/usr/bin/openssl",
            [
                "s_client", "-brief", "-connect", "127.0.0.1:\(server.port)", "-CAfile", roots, "-verify_return_error",
                "-verify_hostname", "localhost", "-servername", "localhost", "-alpn", "http/1.1",
                version == .v1_3 ? "-tls1_3" : "-tls1_2",
            ],
            output: file.fileDescriptor,
            errors: file.fileDescriptor
        )
        let status = await withCheckedContinuation { continuation in
            process.whenEnded { continuation.resume(returning: $0) }
        }
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(status == 0, "\(text)")
        #expect(text.contains("Protocol version: \(version)"))
        #expect(text.contains("Verification: OK"))
        await server.journal.wait(for: "inactive")
        #expect(server.journal.all == ["handshake", "inactive"])
        try await server.stop()
    }
}
