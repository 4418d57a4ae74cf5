// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import BridgeServer

/// Basic, addresses, client certificates, and several demands at once.
@Suite struct OtherCredentialTests {
    /// RFC 7617 §2 has the sample.
    private static let basic = RouteAuthentication.Credential.basic(user: "Aladdin", password: Secret("open sesame"))
    private static let sample = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    private static let anyone = RouteAuthentication.Credential.clientCertificate(subjects: [])
    private static let one = RouteAuthentication.Credential.clientCertificate(subjects: ["CN=a", "CN=b,O=c"])

    private static func addresses(_ texts: String...) -> RouteAuthentication.Credential {
        .addresses(texts.compactMap { AddressRange($0) })
    }

    static let cases = [
        JudgedCase("basic", [basic], [("Authorization", sample)], is: .granted),
        JudgedCase(
            "basic in capitals",
            [basic],
            [("Authorization", "BASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ==")],
            is: .granted
        ),
        JudgedCase("no basic", [basic], is: .missing),
        JudgedCase("basic, no base64", [basic], [("Authorization", "Basic Aladdin:open sesame")], is: .wrong),
        JudgedCase("basic, another password", [basic], [("Authorization", "Basic QWxhZGRpbjpvcGVu")], is: .wrong),
        JudgedCase("basic as bearer", [basic], [("Authorization", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==")], is: .wrong),
        JudgedCase("basic twice", [basic], [("Authorization", sample), ("Authorization", sample)], is: .wrong),

        JudgedCase("in the range", [addresses("192.0.2.0/24")], source: "192.0.2.255", is: .granted),
        JudgedCase(
            "in the second range",
            [addresses("192.0.2.1", "2001:db8::/32")],
            source: "2001:db8:1::1",
            is: .granted
        ),
        JudgedCase("mapped", [addresses("192.0.2.0/24")], source: "::ffff:192.0.2.9", is: .granted),
        JudgedCase("out of the range", [addresses("192.0.2.0/24")], source: "192.0.3.0", is: .wrong),
        JudgedCase("unknown", [addresses("0.0.0.0/0", "::/0")], source: "unknown", is: .wrong),
        JudgedCase(
            "told by nobody who is trusted",
            [addresses("192.0.2.0/24")],
            [("X-Forwarded-For", "192.0.2.1")],
            source: "198.51.100.1",
            is: .wrong
        ),
        JudgedCase(
            "told by a proxy",
            [addresses("192.0.2.0/24")],
            [("X-Forwarded-For", "192.0.2.1")],
            source: "10.0.0.1",
            proxies: ["10.0.0.0/8"],
            is: .granted
        ),
        JudgedCase(
            "told by two proxies",
            [addresses("192.0.2.0/24")],
            [("X-Forwarded-For", "192.0.2.1, 10.0.0.2")],
            source: "10.0.0.1",
            proxies: ["10.0.0.0/8"],
            is: .granted
        ),
        JudgedCase(
            "written in by the caller",
            [addresses("192.0.2.0/24")],
            [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "198.51.100.1")],
            source: "10.0.0.1",
            proxies: ["10.0.0.0/8"],
            is: .wrong
        ),
        JudgedCase(
            "a proxy that tells nothing",
            [addresses("192.0.2.0/24")],
            source: "10.0.0.1",
            proxies: ["10.0.0.0/8"],
            is: .wrong
        ),

        JudgedCase("a certificate", [anyone], subject: "CN=x", is: .granted),
        JudgedCase("no certificate", [anyone], is: .missing),
        JudgedCase("one of two certificates", [one], subject: "CN=b,O=c", is: .granted),
        JudgedCase("another certificate", [one], subject: "CN=b", is: .wrong),

        JudgedCase("two demands", [basic, anyone], [("Authorization", sample)], subject: "CN=x", is: .granted),
        JudgedCase("one of two demands missing", [basic, anyone], [("Authorization", "Basic x")], is: .missing),
        JudgedCase("one of two demands wrong", [basic, one], [("Authorization", sample)], subject: "CN=x", is: .wrong),
    ]

    @Test(arguments: cases)
    func `A request is judged by what it shows`(wanted: JudgedCase) throws { try wanted.check() }

    @Test func `Basic is asked for by its name`() {
        let authentication = RouteAuthentication(credentials: [Self.basic])
        #expect(Authenticator(authentication).challenge.hasPrefix("Basic realm="))
        #expect(Authenticator(RouteAuthentication(credentials: [Self.anyone])).challenge == "Bearer")
    }
}
