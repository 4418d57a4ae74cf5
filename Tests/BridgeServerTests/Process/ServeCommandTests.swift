// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import TransportSecurity

/// `voicebridge serve` as whoever starts it sees it.
@Suite struct ServeCommandTests {
    static let loopback = ["--plain", "--port", "0", "--admin-port", "0"]

    @Test func `Standard output carries the token and the address, and SIGTERM ends with 0`() async throws {
        let serve = try ServeProcess(Self.loopback)
        let lines = try await serve.lines(2)
        #expect(lines[0].wholeMatch(of: /token [0-9a-f]{48}/) != nil)
        #expect(lines[1].wholeMatch(of: /listening on ws:\/\/127\.0\.0\.1:[0-9]+/) != nil)
        let port = try #require(ServeProcess.port(lines[1]))
        #expect(try await RawClient.ask(port, RawClient.request())?.status == 401)
        let fields = ["Authorization: Bearer \(lines[0].dropFirst(6))"]
        let client = try await RawClient.open(port, fields: fields, following: Wire.start())
        _ = try await client.frames { Wire.audio($0) != nil }
        try await client.send(Wire.stop)
        #expect(try await client.closeCode() == 1000)
        try await serve.says(#""admin_port":""#)
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0)
        #expect(told.output == lines.map { $0 + "\n" }.joined())
        #expect(!told.errors.contains(lines[0].dropFirst(6)))
        for line in told.errors.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(object?["message"] != nil && object?["level"] != nil && object?["time"] != nil)
        }
        #expect(told.errors.contains(#""message":"call started""#) && told.errors.contains(#""call":"call-1""#))
    }

    @Test func `A token that is given is not printed, SIGINT ends as well, a live call is drained`() async throws {
        let serve = try ServeProcess(Self.loopback + ["--token", "given-t0ken", "--bot", "echo"])
        let lines = try await serve.lines(1)
        let port = try #require(ServeProcess.port(lines[0]))
        let client = try await RawClient.open(
            port,
            fields: ["Authorization: Bearer given-t0ken"],
            following: Wire.start()
        )
        try await client.send(Wire.media([UInt8](repeating: 0, count: 320)))
        _ = try await client.frames { Wire.audio($0) != nil }
        serve.signal(SIGINT)
        try await serve.says("draining")
        #expect(serve.told.value.status == nil)
        try await client.send(Wire.stop)
        #expect(try await client.closeCode() == 1000)
        let told = try await serve.exit()
        #expect(told.status == 0 && told.output == lines[0] + "\n")
        #expect(!told.errors.contains("given-t0ken"))
    }

    @Test func `Without certificate one is made and said so; SIGHUP changes nothing and does not end it`() async throws
    {
        let serve = try ServeProcess(["--port", "0", "--admin-port", "0", "--no-auth"])
        let lines = try await serve.lines(1)
        #expect(lines[0].hasPrefix("listening on wss://127.0.0.1:"))
        try await serve.says("certificate made for loopback")
        serve.signal(SIGHUP)
        try await serve.says("configuration reloaded for new calls")
        let port = try #require(ServeProcess.port(lines[0]))
        var configuration = TLSClientConfiguration()
        configuration.verification = .none
        let client = try await RawClient.open(port, tls: TLSContext(configuration), following: Wire.start() + Wire.stop)
        #expect(try await client.closeCode() == 1000)
        serve.signal(SIGTERM)
        #expect(try await serve.exit().status == 0)
    }

    @Test func `SIGHUP reads the certificate's files anew, and a bad one leaves the old`() async throws {
        let (old, new) = (try Certificates(), try Certificates())
        let folder = old.folder.path
        let files = ["--tls-certificate", "\(folder)/certificate.pem", "--tls-key", "\(folder)/key.pem"]
        let serve = try ServeProcess(files + ["--port", "0", "--admin-port", "0", "--no-auth"])
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        try old.folder.write("certificate.pem", new.certificate.certificate)
        serve.signal(SIGHUP)
        try await serve.says("the configuration was not reloaded, the old one stays: listen.tls: ")
        _ = try await RawClient.open(port, tls: old.client()).drop()
        try old.folder.write("key.pem", new.certificate.privateKey)
        serve.signal(SIGHUP)
        try await serve.says("configuration reloaded for new calls")
        _ = try await RawClient.open(port, tls: new.client()).drop()
        serve.signal(SIGTERM)
        #expect(try await serve.exit().status == 0)
    }

    @Test func `SIGHUP reads the file anew, with the flags over it, and says what keeps its value`() async throws {
        let folder = try TemporaryFolder()
        func write(_ token: String, _ limits: String = "{}") throws -> String {
            let text = """
                listen: {plain: true, port: 8443}
                limits: \(limits)
                routes: [{authentication: {bearer: \(token)}, bot: echo}]
                """
            return try folder.write("voicebridge.yaml", Array(text.utf8))
        }
        let file = try write("first-t0ken")
        let serve = try ServeProcess(["--config", file, "--port", "0", "--admin-port", "0"])
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        _ = try write("other-t0ken", "{event_loops: 1, calls: 0}")
        serve.signal(SIGHUP)
        try await serve.says("the old one stays: \(file):2:33: limits.calls")
        let first = ["Authorization: Bearer first-t0ken"]
        _ = try await RawClient.open(port, fields: first).drop()
        _ = try write("other-t0ken", "{event_loops: 1}")
        serve.signal(SIGHUP)
        try await serve.says("configuration reloaded for new calls")
        try await serve.says("limits.event_loops")
        let answer = try await RawClient.ask(port, RawClient.request(adding: first))
        #expect(answer?.status == 403)
        _ = try await RawClient.open(port, fields: ["Authorization: Bearer other-t0ken"]).drop()
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0 && !told.errors.contains("t0ken"))
    }

    @Test(arguments: [
        (["--bogus"], 64, "--bogus"),
        (["--port", "seven"], 64, "--port"),
        (["--port", "70000"], 64, "--port"),
        (["--bot", "nosuch"], 64, "--bot"),
        (["--dialect", "nosuch"], 64, "--dialect"),
        (["--no-auth", "--host", "0.0.0.0", "--plain"], 64, "--i-know"),
        (["--no-auth", "--token", "t0ken-t0ken"], 64, "--no-auth"),
        (["--host", "0.0.0.0", "--token", "t0ken-t0ken"], 64, "self-signed"),
        (["--config", "/nonexistent.yaml"], 1, "/nonexistent.yaml: cannot be read"),
        (["--tls-certificate", "/dev/null", "--tls-key", "/dev/null"], 1, "listen.tls: "),
        (["--tls-certificate", "/nonexistent.pem", "--tls-key", "/dev/null"], 1, "--tls-certificate: "),
    ])
    func `What cannot be served ends at once and says why`(
        arguments: [String],
        status: Int32,
        words: String
    ) async throws {
        let told = try await ServeProcess(arguments + ["--admin-port", "0"]).exit()
        #expect(told.status == status)
        #expect(told.errors.contains(words))
        #expect(told.errors.hasPrefix("Error: "))
        #expect(told.output.isEmpty)
        if status == 1 { #expect(told.errors.split(separator: "\n").count == 1) }
    }

    @Test func `A port that is taken ends with 1, one line, and nothing on standard output`() async throws {
        let first = try ServeProcess(Self.loopback)
        let port = try #require(ServeProcess.port(try await first.lines(2)[1]))
        let told = try await ServeProcess(["--plain", "--port", "\(port)", "--admin-port", "0"]).exit()
        #expect(told.status == 1)
        #expect(
            told.errors
                == "Error: listen: cannot listen on 127.0.0.1 port \(port): Address already in use; "
                + "free the port or choose another\n"
        )
        #expect(told.output.isEmpty)
        first.signal(SIGTERM)
        #expect(try await first.exit().status == 0)
    }

    @Test func `A file's faults are told a line each`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("bad.yaml", Array("listen: {prot: 1}\nroutes: [{bot: echo}]\n".utf8))
        let told = try await ServeProcess(["--config", file]).exit()
        #expect(told.status == 1 && told.output.isEmpty)
        #expect(told.errors.contains("\(file):1:10: listen.prot") && told.errors.contains("routes[0].authentication"))
    }

    @Test func `It serves on when nobody reads its log`() async throws {
        let serve = try ServeProcess(Self.loopback + ["--no-auth"], keepsErrors: false)
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        for _ in 0..<3 {
            let client = try await RawClient.open(port, following: Wire.start() + Wire.stop)
            #expect(try await client.closeCode() == 1000)
            try await client.untilClosed()
        }
        serve.signal(SIGTERM)
        #expect(try await serve.exit().status == 0)
    }
}
