// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import BridgeServer

/// Signatures made with Python's `hmac`, not by this code.
@Suite struct PlivoSignatureTests {
    private static let plivo = RouteAuthentication.Credential.plivoSignature(Secret("MA-token"))

    static let cases = [
        JudgedCase(
            "signed as configured",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .granted
        ),
        JudgedCase(
            "signed as https",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "3MaJ6VjH0oeyk6IoOHQgT5IlBizGsz4DPIxNP++yLSQ="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .granted
        ),
        JudgedCase(
            "no signature",
            [plivo],
            [("X-Plivo-Signature-V3-Nonce", "12345")],
            is: .missing
        ),
        JudgedCase(
            "no nonce",
            [plivo],
            [("X-Plivo-Signature-V3", "fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0=")],
            is: .missing
        ),
        JudgedCase(
            "another nonce",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12346"),
            ],
            is: .wrong
        ),
        JudgedCase(
            "an empty nonce",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "MPg1+238+M+I0NeEuP7Ta7HCcnXjmqxnG5hM3BU8QgQ="),
                ("X-Plivo-Signature-V3-Nonce", ""),
            ],
            is: .wrong
        ),
        JudgedCase(
            "a query in another order",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "i972t6zyCVkP7As4WDnDhPdpzoXJyc3oxyMeVnqA6II="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            query: "b=x%20y&a=1",
            is: .granted
        ),
        JudgedCase(
            "a query with a plus",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "i972t6zyCVkP7As4WDnDhPdpzoXJyc3oxyMeVnqA6II="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            query: "b=x+y&a=1",
            is: .granted
        ),
        JudgedCase(
            "a query that was not signed",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            query: "a=1",
            is: .wrong
        ),
        JudgedCase(
            "one of two tokens",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "AAAA,fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .granted
        ),
        JudgedCase(
            "the main account",
            [plivo],
            [
                ("X-Plivo-Signature-Ma-V3", "fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .granted
        ),
        JudgedCase(
            "the port written out",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "VaqGNXA65EjCRmy1fbFLmHgspRtvAJIN1CByC+KQHVY="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .granted
        ),
        JudgedCase(
            "the host of a proxy",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "sU5C7Or67PAXCAZekxT6Vk0CpTGqBg/mOdX6fOK7Avw="),
                ("X-Plivo-Signature-V3-Nonce", "12345"), ("Host", "127.0.0.1:8080"),
            ],
            is: .wrong
        ),
        JudgedCase(
            "more signatures than tokens",
            [plivo],
            [
                ("X-Plivo-Signature-V3", "A,B,C,D,E,F,G,H,fKG36BvDjU56Ex+AKahNeaIBnHNiW+NCwCCQVeAmds0="),
                ("X-Plivo-Signature-V3-Nonce", "12345"),
            ],
            is: .wrong
        ),
    ]

    @Test(arguments: cases)
    func `An upgrade is judged by URL and nonce`(wanted: JudgedCase) throws { try wanted.check() }

    @Test func `A nonce is good once`() throws {
        let judgement = try #require(Self.cases.first).judgement()
        #expect(judgement == .granted(once: OneTimeUse(name: "plivo 12345", until: JudgedCase.now + 600)))
    }
}
