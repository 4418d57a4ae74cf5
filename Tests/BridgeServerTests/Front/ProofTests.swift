// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity

@testable import BridgeServer

/// Signatures and tokens at the door: what does not do reaches no bot.
@Suite struct ProofTests {
    static let path = "/v1/ivr-solutions"

    private static func yaml(_ demands: String) -> String {
        """
        listen: {port: 0, plain: true, public_url: "wss://bot.example.net", trusted_proxies: [127.0.0.1]}
        admin: {port: 0}
        routes: [{authentication: {\(demands)}, config_api: false, bot: test}]
        """
    }

    /// Asks one after the other and holds the statuses against those wanted.
    private static func check(
        _ serving: RunningServer,
        _ steps: [(target: String, fields: [String], status: Int)]
    ) async throws {
        for step in steps {
            let status = try await status(serving, step.target, step.fields)
            #expect(status == step.status, "\(step.target) \(step.fields)")
        }
    }

    private static func status(_ serving: RunningServer, _ target: String, _ fields: [String]) async throws -> Int {
        let client = try await RawClient.connect(serving.port)
        try await client.send(RawClient.request("GET \(target) HTTP/1.1", adding: fields))
        let answer = try #require(try await client.answer())
        try await client.drop()
        return answer.status
    }

    @Test func `A token opens its route once`() async throws {
        let secret = "p4th-s3cret"
        try await RunningServer.run(TestBot.silent(), Self.yaml("path_token: {secret: \(secret)}")) { serving in
            let nonce = "00112233445566778899aabbccddeeff"
            let expires = UnixTime.seconds() + 60
            let token = try PathToken(path: Self.path, expires: expires, nonce: nonce, secret: secret)
            let other = try PathToken(path: Self.path, expires: expires, nonce: nonce, secret: "another")
            try await Self.check(
                serving,
                [
                    (Self.path, [], 401),
                    ("\(Self.path)/\(other.text)", [], 403),
                    ("\(Self.path)/\(token.text)", [], 101),
                    ("\(Self.path)/\(token.text)", [], 403),
                    ("\(Self.path)/x/y", [], 404),
                ]
            )
        }
    }

    @Test func `A signature is checked against the public URL`() async throws {
        try await RunningServer.run(TestBot.silent(), Self.yaml("twilio_signature: \"12345\"")) { serving in
            let good = try TwilioSignature.sign("wss://bot.example.net" + Self.path, authToken: "12345")
            let proxied = try TwilioSignature.sign("wss://127.0.0.1" + Self.path, authToken: "12345")
            try await Self.check(
                serving,
                [
                    (Self.path, [], 401),
                    (Self.path, ["X-Twilio-Signature: \(proxied)"], 403),
                    (Self.path, ["X-Twilio-Signature: \(good)"], 101),
                    (Self.path + "/", ["X-Twilio-Signature: \(good)"], 101),
                    (Self.path + "/", [], 401),
                    (Self.path + "//", ["X-Twilio-Signature: \(good)"], 404),
                ]
            )
        }
    }

    @Test func `An address is that which the proxy tells`() async throws {
        try await RunningServer.run(TestBot.silent(), Self.yaml("addresses: [192.0.2.0/24]")) { serving in
            try await Self.check(
                serving,
                [
                    (Self.path, [], 403),
                    (Self.path, ["X-Forwarded-For: 192.0.2.1"], 101),
                    (Self.path, ["X-Forwarded-For: 192.0.2.1, 198.51.100.1"], 403),
                ]
            )
        }
    }

    @Test func `A route asks for a certificate of its own`() async throws {
        let own = try Certificates()
        let platform = try SelfSignedCertificate.make(hosts: ["platform.test"])
        try own.folder.write("platforms.pem", platform.certificate)
        let files =
            "certificate: \(own.folder.path)/certificate.pem, key: \(own.folder.path)/key.pem, "
            + "client_ca: \(own.folder.path)/platforms.pem, client_certificates: optional"
        let yaml = """
            listen: {port: 0, tls: {\(files)}}
            admin: {port: 0}
            routes:
              - {path: /any, authentication: {client_certificate: any}, bot: test}
              - {path: /named, authentication: {client_certificate: ["CN=nobody"]}, bot: test}
              - {path: /open, authentication: {none: true}, bot: test}
            """
        try await RunningServer.run(TestBot.silent(), yaml) { serving in
            let bare = try own.client()
            let shown = try Certificates.client(trusting: own.certificate, showing: platform)
            let cases = [
                ("/any", bare, 401), ("/any", shown, 101), ("/named", bare, 401), ("/named", shown, 403),
                ("/open", bare, 101),
            ]
            for (path, client, status) in cases {
                let request = RawClient.request("GET \(path) HTTP/1.1")
                let socket = try await RawClient.connect(serving.port, tls: client)
                try await socket.send(request)
                let answer = try #require(try await socket.answer())
                #expect(answer.status == status)
                try await socket.drop()
            }
        }
    }
}
