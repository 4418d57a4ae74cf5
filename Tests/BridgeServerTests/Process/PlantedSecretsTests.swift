// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation
import Testing

@testable import BridgeServer

/// One server with a secret of every kind, in a process of its own that logs all it can: calls go right and wrong on every
/// route, and then everything the program wrote anywhere is searched for what was planted.
@Suite struct PlantedSecretsTests {
    /// What is planted, and where.
    private static let secrets = [
        "bearer": "pl4nted-bearer", "basic": "pl4nted-password", "header": "pl4nted-header", "query": "pl4nted-query",
        "path": "pl4nted-path", "acme": "pl4nted-acme", "control": "pl4nted-control", "receiver": "pl4nted-receiver",
        "admin": "pl4nted-admin", "hook": "pl4nted-hook", "credential": "pl4nted-credential",
    ]
    /// What is wrong, and yet nothing for a log: it may be another system's secret.
    private static let wrong = "pl4nted-wrong"
    private static let digits = "739182"
    private static let numbers = ["9810000001", "18000000002"]
    /// Audio that occurs nowhere else.
    private static let audio: [UInt8] = (0..<320).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }

    private static func configuration(_ folder: TemporaryFolder) throws -> String {
        let file = try folder.write("token", Array((secrets["bearer"] ?? "").utf8))
        try folder.write("systemd", Array((secrets["credential"] ?? "").utf8))
        let control = "call_control: {platform: digo, base_url: \"http://127.0.0.1:9\", authorization: pl4nted-control}"
        let yaml = """
            listen: {port: 0, plain: true, public_url: ws://127.0.0.1:1}
            admin: {port: 0}
            logging: {level: trace, format: json}
            records: {path: \(folder.path)/calls.sqlite}
            tenants: [{name: acme}, {name: other}]
            routes:
              - {path: /bearer, authentication: {bearer: {file: \(file)}}, bot: echo, \(control)}
              - {path: /basic, authentication: {basic: {user: Aladdin, password: pl4nted-password}}, bot: echo}
              - {path: /header, authentication: {headers: {X-Key: {environment: PLANTED_HEADER}}}, bot: receptionist}
              - {path: /query, authentication: {query_token: "${PLANTED_QUERY}"}, bot: receptionist}
              - {path: /path, authentication: {path_token: {secret: pl4nted-path}}, bot: echo-task}
              - {path: /shared, tenants: {acme: {bearer: pl4nted-acme}, other: {bearer: {credential: systemd}}}, bot: echo}
            receivers:
              - path: /callbacks
                kind: ivr-solutions-callbacks
                options: {secret_key: pl4nted-receiver}
                authentication: {bearer: pl4nted-receiver}
            """
        return try folder.write("voicebridge.yaml", Array(yaml.utf8))
    }

    private static func bearer(_ token: String) -> String { "Authorization: Bearer \(token)" }

    private static func basic(_ password: String) -> String {
        "Authorization: Basic " + Base64.encode(Array("Aladdin:\(password)".utf8))
    }

    /// A path with a token behind it that is good now.
    private static func path(_ secret: String) throws -> String {
        let expires = Int(Date().timeIntervalSince1970) + 120
        let nonce = "00112233445566778899aabbccddeeff"
        return try "/path/" + PathToken(path: "/path", expires: expires, nonce: nonce, secret: secret).text
    }

    /// Ways in that are right, and the same with something wrong.
    private static func doors() throws -> [(path: String, fields: [String])] {
        let bearers = ["pl4nted-bearer", wrong].map { (path: "/bearer", fields: [bearer($0)]) }
        let basics = ["pl4nted-password", wrong].map { (path: "/basic", fields: [basic($0)]) }
        let headers = ["pl4nted-header", wrong].map { (path: "/header", fields: ["X-Key: \($0)"]) }
        let queries = ["pl4nted-query", wrong].map { (path: "/query?token=\($0)&x=1", fields: [String]()) }
        let paths = try ["pl4nted-path", wrong].map { (path: try path($0), fields: [String]()) }
        let shared = ["pl4nted-acme", "pl4nted-credential", wrong].map { (path: "/shared", fields: [bearer($0)]) }
        return bearers + basics + headers + queries + paths + shared
    }

    /// A call in which everything that must stay unseen passes by; nil when it is refused.
    private static func call(_ port: Int, _ door: (path: String, fields: [String]), _ number: Int) async throws -> Int {
        let client = try await RawClient.connect(port)
        try await client.send(RawClient.request("GET \(door.path) HTTP/1.1", adding: door.fields))
        let status = try #require(try await client.answer()).status
        guard status == 101 else {
            try await client.drop()
            return status
        }
        try await client.send(Wire.start(call: "call-\(number)", stream: "stream-\(number)") + Wire.media(audio))
        for digit in digits { try await client.send(Wire.digit(String(digit)) + Wire.media(audio)) }
        let media = #"{"event":"media","media":{"payload":"\#(wrong)"}}"#
        let faults = [#"{"event":"odd","odd":"\#(wrong)"}"#, media, wrong]
        try await client.send(faults.flatMap { RawFrame.text($0) } + Wire.stop)
        _ = try await client.closeCode()
        try await client.drop()
        return status
    }

    @Test func `Nothing that was planted is in anything that the program wrote`() async throws {
        let folder = try TemporaryFolder()
        let file = try Self.configuration(folder)
        let environment = ProcessInfo.processInfo.environment.merging([
            "PLANTED_HEADER": "pl4nted-header", "PLANTED_QUERY": "pl4nted-query", "CREDENTIALS_DIRECTORY": folder.path,
        ]) { _, new in new }
        let serve = try ServeProcess(["--config", file], environment: environment)
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        try await serve.says(#""admin_port":""#)
        var statuses: [Int] = []
        for (number, door) in try Self.doors().enumerated() {
            statuses.append(try await Self.call(port, door, number))
        }
        #expect(statuses == [101, 403, 101, 403, 101, 403, 101, 403, 101, 403, 101, 101, 403])
        for token in ["pl4nted-receiver", Self.wrong] {
            let request = RawClient.request(
                "POST /callbacks HTTP/1.1",
                ["Host: a", Self.bearer(token), "Content-Length: \(Self.wrong.utf8.count)"],
                body: Self.wrong
            )
            let answer = try #require(try await RawClient.ask(port, request))
            #expect(answer.status >= 400)
        }
        var written = try await Self.admin(serve)
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0)
        written += [("standard output", told.output), ("standard error", told.errors)]
        written += try await Self.read(folder, file, environment)
        // What is searched has something in it.
        let log = told.errors
        #expect(log.components(separatedBy: "call started").count == 8)
        #expect(log.components(separatedBy: "wrong_credentials").count >= 7)
        try Self.search(written, in: folder)
    }

    /// What the admin port answers.
    private static func admin(_ serve: ServeProcess) async throws -> [(place: String, text: String)] {
        let part = serve.told.value.errors.components(separatedBy: #""admin_port":""#).last ?? ""
        let port = try #require(Int(part.prefix { $0.isNumber }))
        var answers: [(place: String, text: String)] = []
        for path in ["/healthz", "/readyz", "/load", "/pl4nted?token=\(wrong)"] {
            let request = "GET \(path) HTTP/1.1\r\nHost: a\r\n\(bearer("pl4nted-admin"))\r\n\r\n"
            answers.append((path, try #require(try await RawClient.ask(port, request)).body))
        }
        return answers
    }

    /// What the records tell, and the configuration as it is printed.
    private static func read(
        _ folder: TemporaryFolder,
        _ file: String,
        _ environment: [String: String]
    ) async throws -> [(place: String, text: String)] {
        let records = ["--records", folder.path + "/calls.sqlite"]
        var texts: [(place: String, text: String)] = []
        for arguments in [["list"], ["list", "--json"], ["export"], ["export", "--format", "jsonl"], ["show", "1"]] {
            let told = try await ServeProcess(arguments + records, command: "calls").exit()
            texts.append(("calls " + arguments.joined(separator: " "), told.output + told.errors))
        }
        for verb in ["check", "print"] {
            let told = try await ServeProcess([verb, file], command: "config", environment: environment).exit()
            #expect(told.status == 0)
            texts.append(("config \(verb)", told.output + told.errors))
        }
        return texts
    }

    private static func search(_ written: [(place: String, text: String)], in folder: TemporaryFolder) throws {
        let payload = Base64.encode(audio)
        let hidden =
            Array(secrets.values) + [wrong, "pl4nted", digits, String(payload.prefix(24))]
            + [basic("pl4nted-password"), basic(wrong)].map { String($0.dropFirst("Authorization: Basic ".count)) }
        for (place, text) in written {
            for secret in hidden { #expect(!text.contains(secret), "\(secret) is in \(place)") }
            // Nor any key alone, which would be a line for each.
            #expect(!text.contains(#""digit":"#), "\(place)")
            guard !place.hasPrefix("calls") else { continue }
            for number in numbers { #expect(!text.contains(number), "\(number) is in \(place)") }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("calls.") {
            let bytes = try TemporaryFolder.read(folder.path + "/" + name)
            for secret in hidden {
                #expect(bytes.firstRange(of: Array(secret.utf8)) == nil, "\(secret) is in \(name)")
            }
        }
    }
}
