// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing
import WebSocketWire

@testable import BridgeServer

/// The first sample of Genesys' page "AudioHook security", and what may be wrong with it.
@Suite struct GenesysSignatureTests {
    private static let apiKey = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh"
    private static let covered =
        "\"@request-target\" \"@authority\" \"audiohook-organization-id\" \"audiohook-session-id\" "
        + "\"audiohook-correlation-id\" \"x-api-key\""
    private static let input =
        "sig1=(\(covered));keyid=\"\(apiKey)\";nonce=\"VGhpc0lzQVVuaXF1ZU5vbmNl\";alg=\"hmac-sha256\";"
        + "created=1641013200;expires=3282026430"
    private static let signature = "sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:"
    private static let path = "/api/v1/voicebiometrics/ws"

    private static func fields(
        _ changes: KeyValuePairs<String, String?> = [:]
    ) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = [
            ("Host", "audiohook.example.com"),
            ("Audiohook-Organization-Id", "d7934305-0972-4844-938e-9060eef73d05"),
            ("Audiohook-Session-Id", "30b0e395-84d3-4570-ac13-9a62d8f514c0"),
            ("Audiohook-Correlation-Id", "e160e428-53e2-487c-977d-96989bf5c99d"),
            ("X-API-KEY", apiKey),
            ("Signature", signature),
            ("Signature-Input", input),
        ]
        for (name, value) in changes {
            fields.removeAll { $0.name == name }
            if let value { fields.append((name, value)) }
        }
        return fields
    }

    private static func sample(
        _ description: String,
        _ changes: KeyValuePairs<String, String?> = [:],
        requested: String? = nil,
        publicURL: String = "wss://audiohook.example.com",
        now: Int = 1_641_013_205,
        is worth: JudgedCase.Worth
    ) -> JudgedCase {
        JudgedCase(
            description,
            [
                .genesysSignature(
                    apiKey: Secret(apiKey),
                    clientSecret: Secret("TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=")
                )
            ],
            fields(changes),
            path: requested ?? path,
            publicURL: publicURL,
            now: now,
            is: worth
        )
    }

    static let cases = [
        sample("as the document has it", is: .granted),
        sample("behind a proxy that writes its own host", ["Host": "10.0.0.1:8080"], is: .granted),
        sample("a public URL with its port", publicURL: "wss://audiohook.example.com:443", is: .granted),
        sample("a public URL in capitals", publicURL: "wss://AudioHook.Example.com", is: .granted),
        sample("unsigned", ["Signature": nil, "Signature-Input": nil], is: .missing),
        sample("no signature", ["Signature": nil], is: .missing),
        sample("no input", ["Signature-Input": nil], is: .missing),
        sample("no key", ["X-API-KEY": nil], is: .missing),
        sample("another key", ["X-API-KEY": "SGVsbG8"], is: .wrong),
        sample("another session", ["Audiohook-Session-Id": "30b0e395-84d3-4570-ac13-9a62d8f514c1"], is: .wrong),
        sample("no session", ["Audiohook-Session-Id": nil], is: .missing),
        sample("another path", requested: "/api/v1/voicebiometrics/wt", is: .wrong),
        sample("another host", publicURL: "wss://other.example.com", is: .wrong),
        sample("another label", ["Signature": "sig2=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:"], is: .wrong),
        sample("no base64", ["Signature": "sig1=:?:"], is: .wrong),
        sample("an empty signature", ["Signature": "sig1=::"], is: .wrong),
        sample("less is covered", ["Signature-Input": input.replacing(" \"x-api-key\"", with: "")], is: .wrong),
        sample("another algorithm", ["Signature-Input": input.replacing("hmac-sha256", with: "none")], is: .wrong),
        sample(
            "a short nonce",
            ["Signature-Input": input.replacing("VGhpc0lzQVVuaXF1ZU5vbmNl", with: "x")],
            is: .wrong
        ),
        sample(
            "a later date written in",
            ["Signature-Input": input.replacing("1641013200", with: "1641013300")],
            is: .wrong
        ),
        sample("no date", ["Signature-Input": input.replacing("created=1641013200;", with: "")], is: .wrong),
        sample("in its last second", now: 1_641_013_210, is: .granted),
        sample("late", now: 1_641_013_211, is: .late),
        sample("a clock that is ahead", now: 1_641_013_197, is: .granted),
        sample("a clock that is far ahead", now: 1_641_013_196, is: .late),
    ]

    @Test(arguments: cases)
    func `An upgrade is judged by its message signature`(wanted: JudgedCase) throws { try wanted.check() }

    @Test func `A nonce is good once`() throws {
        let judgement = try #require(Self.cases.first).judgement()
        let use = OneTimeUse(name: "genesys VGhpc0lzQVVuaXF1ZU5vbmNl", until: 1_641_013_211)
        #expect(judgement == .granted(once: use))
    }

    @Test func `What is made is what the document has`() throws {
        let session = ["Audiohook-Organization-Id", "Audiohook-Session-Id", "Audiohook-Correlation-Id"].map { name in
            Self.fields().first { $0.name == name }?.value ?? ""
        }
        let made = try GenesysSignature.sign(
            target: Self.path,
            authority: "audiohook.example.com",
            session: session,
            apiKey: Self.apiKey,
            clientSecret: "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=",
            nonce: "VGhpc0lzQVVuaXF1ZU5vbmNl",
            created: 1_641_013_200,
            expires: 3_282_026_430
        )
        let wanted = Self.fields().filter { $0.name != "Host" }
        #expect(made.map(\.name).sorted() == wanted.map(\.name).sorted())
        for (name, value) in wanted { #expect(made.first { $0.name == name }?.value == value, "\(name)") }
    }

    @Test(arguments: [
        "", "sig1", "sig1=", "sig1=(", "sig1=(\"a\"", "sig1=()x", "sig1=(\"a\"\"b\")", "sig1=(\"a\" \"a\")", "=()",
        "sig1=();", "sig1=();a", "sig1=();a=", "sig1=();a=\"", "sig1=();a=x", "sig1=();a=1;a=2", "sig1=();a=-1",
        "sig1=();a=1234567890123456", "sig1=(), sig2=()", "SIG=()", "sig1=(\"a\\\"\")",
    ])
    func `Another input is none`(text: String) { #expect(SignatureInput(text) == nil) }

    @Test func `An input is read to the letter`() throws {
        let read = try #require(SignatureInput("s=(\"a\"  \"@b\");x=\"1 2\";y=34"))
        #expect(read.label == "s")
        #expect(read.components == ["a", "@b"])
        #expect(read.parameters == ["x": "1 2", "y": "34"])
        #expect(read.text == "(\"a\"  \"@b\");x=\"1 2\";y=34")
    }
}
