// SPDX-License-Identifier: Apache-2.0
import CallModel
import Testing
import VoiceBridgeTesting

/// Signatures that platforms print in their documents.
@Suite struct PlatformSignatureTests {
    /// The first sample of Genesys' page "AudioHook security".
    @Test func `Genesys' own sample`() throws {
        let key = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh"
        let signature = PlatformSignature.genesys(
            apiKey: Secret(key),
            clientSecret: Secret("TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=")
        )
        let fields = signature.fields(
            for: "wss://audiohook.example.com/api/v1/voicebiometrics/ws",
            session: [
                (name: "Audiohook-Organization-Id", value: "d7934305-0972-4844-938e-9060eef73d05"),
                (name: "Audiohook-Session-Id", value: "30b0e395-84d3-4570-ac13-9a62d8f514c0"),
                (name: "Audiohook-Correlation-Id", value: "e160e428-53e2-487c-977d-96989bf5c99d"),
            ],
            nonce: "VGhpc0lzQVVuaXF1ZU5vbmNl",
            now: 1_641_013_200,
            lifetime: 1_641_013_230
        )
        #expect(fields.map(\.name) == ["X-API-KEY", "Signature-Input", "Signature"])
        #expect(fields[0].value == key)
        #expect(fields[1].value.hasSuffix(";created=1641013200;expires=3282026430"))
        #expect(fields[2].value == "sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:")
    }

    @Test func `a secret stands in no description`() {
        for signature in [
            PlatformSignature.twilio(authToken: Secret("t0p")), .plivo(authToken: Secret("t0p")),
            .genesys(apiKey: Secret("t0p"), clientSecret: Secret("t0p")),
        ] { #expect(!"\(signature)".contains("t0p")) }
    }

    @Test func `Plivo signs a query in order and without escapes`() {
        let signature = PlatformSignature.plivo(authToken: Secret("k"))
        let nonce = String(repeating: "n", count: 32)
        func code(_ url: String) -> String? { signature.fields(for: url, session: [], nonce: nonce, now: 0)[0].value }
        #expect(code("wss://h/p?b=x+y&a=%31") == code("wss://h/p?a=1&b=x%20y"))
        #expect(code("wss://h/p?a=1") != code("wss://h/p?a=2"))
        #expect(signature.fields(for: "wss://h/p", session: [], nonce: nonce, now: 0)[1].value == nonce)
    }
}
