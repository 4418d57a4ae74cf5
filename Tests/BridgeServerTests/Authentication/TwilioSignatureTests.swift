// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import BridgeServer

/// Signatures made with Python's `hmac`, not by this code.
@Suite struct TwilioSignatureTests {
    private static let twilio = RouteAuthentication.Credential.twilioSignature(Secret("12345"))

    static let cases = [
        JudgedCase(
            "signed as configured",
            [twilio],
            [("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q=")],
            is: .granted
        ),
        JudgedCase(
            "no signature",
            [twilio],
            [],
            is: .missing
        ),
        JudgedCase(
            "empty signature",
            [twilio],
            [("X-Twilio-Signature", "")],
            is: .wrong
        ),
        JudgedCase(
            "the port written out",
            [twilio],
            [("X-Twilio-Signature", "M6jIaYaHx24DjTZtx/vf3PIDIrs=")],
            is: .granted
        ),
        JudgedCase(
            "a slash at the end",
            [twilio],
            [("X-Twilio-Signature", "DijeyJBWOMKjLfZ7YYP2Bn4pQCc=")],
            is: .granted
        ),
        JudgedCase(
            "port and slash",
            [twilio],
            [("X-Twilio-Signature", "x3EEhFx8ah8EtUuFOGvDwBRxS40=")],
            is: .granted
        ),
        JudgedCase(
            "the port left out",
            [twilio],
            [("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q=")],
            publicURL: "wss://bot.example.net:8443",
            is: .granted
        ),
        JudgedCase(
            "the port of the URL",
            [twilio],
            [("X-Twilio-Signature", "d8ueucHwG3wE5jHWMiZeUSVh2h8=")],
            publicURL: "wss://bot.example.net:8443",
            is: .granted
        ),
        JudgedCase(
            "a prefix that a proxy takes away",
            [twilio],
            [("X-Twilio-Signature", "RYFyhjV1Sa/LZ/nXglE3DpOQ6PQ=")],
            publicURL: "wss://bot.example.net/calls",
            is: .granted
        ),
        JudgedCase(
            "with a query",
            [twilio],
            [("X-Twilio-Signature", "8CXh82G8jcHHbx4/jTyXI9Y83QY=")],
            query: "a=b",
            is: .granted
        ),
        JudgedCase(
            "a query that was not signed",
            [twilio],
            [("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q=")],
            query: "a=b",
            is: .wrong
        ),
        JudgedCase(
            "the scheme of a proxy",
            [twilio],
            [("X-Twilio-Signature", "1Op6lBDm/ch3QYIQpICKpuCaA58=")],
            is: .wrong
        ),
        JudgedCase(
            "the host of a proxy",
            [twilio],
            [("X-Twilio-Signature", "L3ZjmZj1+hZj1Mg9eFUky2uxbMA="), ("Host", "127.0.0.1:8080")],
            is: .wrong
        ),
        JudgedCase(
            "another host in the request",
            [twilio],
            [
                ("X-Twilio-Signature", "xiK7D4d7dke7K6nwUTXUsOXIbsE="), ("Host", "evil.example"),
                ("X-Forwarded-Host", "evil.example"),
            ],
            is: .wrong
        ),
        JudgedCase(
            "another path",
            [twilio],
            [("X-Twilio-Signature", "CuzotNgWr/QqFGUYfySz513PfQg=")],
            is: .wrong
        ),
        JudgedCase(
            "twice",
            [twilio],
            [
                ("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q="),
                ("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q="),
            ],
            is: .wrong
        ),
        JudgedCase(
            "no public URL",
            [twilio],
            [("X-Twilio-Signature", "RGjmkg3pndKRHAdD/N0r5tZiL5Q=")],
            publicURL: nil,
            is: .wrong
        ),
    ]

    @Test(arguments: cases)
    func `An upgrade is judged by the URL that Twilio was given`(wanted: JudgedCase) throws { try wanted.check() }

    /// The page "Webhooks security", section on validating by hand: the parameters of a POST stand behind the URL.
    @Test func `The sample of the document`() throws {
        let signed =
            "https://mycompany.com/myapp.php?foo=1&bar=2CallSidCA1234567890ABCDECaller+14158675309Digits1234"
            + "From+14158675309To+18005551212"
        #expect(try TwilioSignature.sign(signed, authToken: "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    }
}
