// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TransportSecurity
import WebSocketWire

/// `voicebridge websocket-echo`: sends every message back, for conformance suites.
struct WebSocketEchoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "websocket-echo",
        abstract: "Sends back every text and binary message, on the framer the bridge uses.",
        discussion: "For conformance suites, on loopback only. Prints 'listening on URL' when it is ready."
    )

    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    var port: Int

    @Option(help: ArgumentHelp("A PEM file with the certificate chain: speaks TLS.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("A PEM file with the certificate's private key.", valueName: "file"))
    var tlsKey: String?

    @Option(help: ArgumentHelp("The longest message, after decompression.", valueName: "bytes"))
    var maxMessage: Int = 64 << 20

    @Flag(help: "Decline permessage-deflate.")
    var noCompression = false

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port \(port) is not between 0 and 65535")
        }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together: give both or neither")
        }
        guard (1...MessageLimits.largestMessageBytes).contains(maxMessage) else {
            throw ValidationError(
                "--max-message \(maxMessage) is not between 1 and \(MessageLimits.largestMessageBytes)"
            )
        }
    }

    func run() async throws {
        var server = WebSocketEchoServer(
            limits: MessageLimits(maximumMessageBytes: maxMessage, maximumFragments: 1_000_000),
            compression: noCompression ? nil : CompressionConfiguration()
        )
        if let tlsCertificate, let tlsKey {
            server.security = try TLSContext(
                TLSServerConfiguration(certificateChain: .file(tlsCertificate), privateKey: .file(tlsKey))
            )
        }
        try await server.run(port: port)
    }
}
