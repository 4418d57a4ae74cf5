// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import BridgeServer

/// Secrets from the environment, from files and from systemd's credentials, in the program that is served; and none of
/// them, nor of what is shown for them, in anything that it writes.
@Suite struct SecretSourcesTests {
    private static let planted = [
        "3nv-pl4nted-t0ken", "f1le-pl4nted-key", "cr3dential-pl4nted", "tw1lio-pl4nted", "pl1vo-pl4nted",
        "cGxhbnRlZC1nZW5lc3lz", "gen3sys-pl4nted-key", "p4th-pl4nted", "qu3ry-pl4nted",
    ]

    private static func configuration(in folder: TemporaryFolder) throws -> String {
        try folder.write("key", Array("f1le-pl4nted-key\n".utf8))
        try folder.write("password", Array("cr3dential-pl4nted\n".utf8))
        try folder.write("twilio", Array("tw1lio-pl4nted".utf8))
        try folder.write("plivo", Array("pl1vo-pl4nted\r\n".utf8))
        try folder.write("client-secret", Array("cGxhbnRlZC1nZW5lc3lz\n".utf8))
        let yaml = """
            listen: {port: 0, plain: true, public_url: "wss://bot.example.net", trusted_proxies: [127.0.0.1]}
            admin: {port: 0}
            logging: {level: trace, format: json}
            routes:
              - {path: /bearer, authentication: {bearer: {environment: PLANTED_TOKEN}}, bot: echo}
              - {path: /header, authentication: {headers: {X-Key: {file: "\(folder.path)/key"}}}, bot: echo}
              - path: /basic
                authentication: {basic: {user: platform, password: {credential: password}}}
                bot: echo
              - {path: /twilio, authentication: {twilio_signature: {credential: twilio}}, bot: echo}
              - {path: /plivo, authentication: {plivo_signature: {file: "${PLANTED_FOLDER}/plivo"}}, bot: echo}
              - path: /genesys
                authentication:
                  genesys_signature: {api_key: {environment: PLANTED_KEY}, client_secret: {credential: client-secret}}
                bot: echo
              - {path: /token, authentication: {path_token: {secret: "${PLANTED_PATH}"}}, bot: echo}
              - {path: /query, dialect: asterisk, authentication: {query_token: qu3ry-pl4nted}, bot: echo}
            """
        return try folder.write("voicebridge.yaml", Array(yaml.utf8))
    }

    private static func environment(_ folder: TemporaryFolder) -> [String: String] {
        [
            "PLANTED_TOKEN": "3nv-pl4nted-t0ken", "PLANTED_KEY": "gen3sys-pl4nted-key", "PLANTED_PATH": "p4th-pl4nted",
            "PLANTED_FOLDER": folder.path, "CREDENTIALS_DIRECTORY": folder.path,
        ]
    }

    /// What each route takes, and what it does not: target and fields.
    private static func requests() throws -> [(target: String, fields: [String])] {
        let now = UnixTime.seconds()
        let nonce = "00112233445566778899aabbccddeeff"
        let twilio = try TwilioSignature.sign("wss://bot.example.net/twilio", authToken: "tw1lio-pl4nted")
        let plivo = try PlivoSignature.sign("wss://bot.example.net/plivo", nonce: nonce, authToken: "pl1vo-pl4nted")
        let token = try PathToken(path: "/token", expires: now + 60, nonce: nonce, secret: "p4th-pl4nted")
        let genesys = try GenesysSignature.sign(
            target: "/genesys",
            authority: "bot.example.net",
            session: ["a", "b", "c"],
            apiKey: "gen3sys-pl4nted-key",
            clientSecret: "cGxhbnRlZC1nZW5lc3lz",
            nonce: nonce,
            created: now,
            expires: now + 10
        )
        return [
            ("/bearer", ["Authorization: Bearer 3nv-pl4nted-t0ken"]),
            ("/header", ["X-Key: f1le-pl4nted-key"]),
            ("/basic", ["Authorization: Basic cGxhdGZvcm06Y3IzZGVudGlhbC1wbDRudGVk"]),
            ("/twilio", ["X-Twilio-Signature: \(twilio)"]),
            ("/plivo", ["X-Plivo-Signature-V3: \(plivo)", "X-Plivo-Signature-V3-Nonce: \(nonce)"]),
            ("/genesys", genesys.map { "\($0.name): \($0.value)" }),
            ("/token/\(token.text)", []),
            ("/query?token=qu3ry-pl4nted&from=9810000001", []),
        ]
    }

    @Test func `They let in, and are written nowhere`() async throws {
        let folder = try TemporaryFolder()
        let file = try Self.configuration(in: folder)
        let serve = try ServeProcess(["--config", file], environment: Self.environment(folder))
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        var shown: [String] = []
        for index in try Self.requests().indices {
            // Made when they are sent, since some are good for seconds.
            var request = try Self.requests()[index]
            let isToken = request.target.hasPrefix("/token")
            let bare = isToken ? "/token" : String(request.target.prefix { $0 != "?" })
            #expect(try await Self.status(port, bare, []) == 401, "\(bare)")
            let wrong = isToken ? request.target + "0" : request.target.replacing("pl4nted", with: "pl4nted0")
            #expect(try await Self.status(port, wrong, request.fields.map { Self.spoiled($0) }) == 403, "\(wrong)")
            request = try Self.requests()[index]
            #expect(try await Self.status(port, request.target, request.fields) == 101, "\(request)")
            // An unknown path, with what was shown before.
            #expect(try await Self.status(port, "/nowhere\(request.target)", request.fields) == 404)
            shown += request.fields.flatMap { $0.split { " ,=;\":".contains($0) } }.map(String.init)
            if isToken { shown += request.target.split { "/.".contains($0) }.map(String.init) }
        }
        // No HTTP at all.
        _ = try await RawClient.ask(port, "3nv-pl4nted-t0ken f1le-pl4nted-key\r\n\r\n")
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0)
        #expect(told.errors.contains("wrong_credentials") && told.errors.contains("unauthenticated"))
        let hidden = Self.planted + shown.filter { $0.utf8.count >= 24 && !$0.hasPrefix("X-") }
        #expect(hidden.count > 14)
        for text in hidden.filter({ !$0.lowercased().hasPrefix("audiohook") }) {
            #expect(!told.output.contains(text) && !told.errors.contains(text), "\(text)")
        }
    }

    @Test(arguments: [["config", "print"], ["config", "check"]])
    func `A configuration is told without them`(verb: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = try Self.configuration(in: folder)
        let run = try ServeProcess([verb[1], file], command: verb[0], environment: Self.environment(folder))
        let told = try await run.exit()
        #expect(told.status == 0)
        for text in Self.planted { #expect(!told.output.contains(text) && !told.errors.contains(text)) }
    }

    @Test(
        arguments: [
            (["--as", "bearer", "--secret-environment", "PLANTED_TOKEN"], "bearer", Int32(0), "get in, others do not"),
            (["--as", "bearer", "--secret-environment", "PLANTED_KEY"], "bearer", 1, "refused (403)"),
            (["--as", "basic", "--user", "platform", "--secret-file", "FOLDER/password"], "basic", 0, "get in"),
            (["--as", "header", "--field", "X-Key", "--secret-file", "FOLDER/key"], "header", 0, "get in"),
            (["--as", "path-token", "--secret-environment", "PLANTED_PATH"], "token", 0, "get in"),
            (
                [
                    "--as", "genesys", "--api-key-environment", "PLANTED_KEY", "--secret-file", "FOLDER/client-secret",
                ], "genesys", 1, "the host of `listen.public_url`"
            ),
            (["--as", "twilio", "--secret-file", "FOLDER/twilio"], "nowhere", 1, "no route has this path"),
        ] as [([String], String, Int32, String)]
    )
    func `A check takes them from there too`(flags: [String], path: String, status: Int32, words: String) async throws {
        let folder = try TemporaryFolder()
        let file = try Self.configuration(in: folder)
        let serve = try ServeProcess(["--config", file], environment: Self.environment(folder))
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        let check = try ServeProcess(
            ["ws://127.0.0.1:\(port)/\(path)"] + flags.map { $0.replacing("FOLDER", with: folder.path) },
            command: "check",
            environment: Self.environment(folder)
        )
        let told = try await check.exit()
        #expect(told.status == status)
        #expect(told.output.contains(words), "\(told.output)")
        for text in Self.planted { #expect(!told.output.contains(text) && !told.errors.contains(text)) }
        serve.signal(SIGTERM)
        #expect(try await serve.exit().status == 0)
    }

    /// Another value of the field, as long as it was.
    private static func spoiled(_ field: String) -> String {
        guard field.hasSuffix("=:") || field.hasSuffix("=") else {
            return field.replacing("pl4nted", with: "pl4nteD").replacing("bDRudGVk", with: "bDRudGVE")
        }
        let value = field.split(separator: " ").last.map(String.init) ?? ""
        return field.replacing(value, with: String(value.reversed().drop { "=:".contains($0) }) + "=")
    }

    private static func status(_ port: Int, _ target: String, _ fields: [String]) async throws -> Int {
        let request = RawClient.request("GET \(target) HTTP/1.1", adding: fields)
        return try #require(try await RawClient.ask(port, request)).status
    }
}
