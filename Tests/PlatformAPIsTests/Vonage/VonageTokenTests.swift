// SPDX-License-Identifier: Apache-2.0

import CallModel
import Digests
import PlatformAPIs
import Testing

@Suite("Vonage's tokens") struct VonageTokenTests {
    /// A key for this test alone.
    private static let key = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpAIBAAKCAQEA4e69keWLJ1hwOYG4fzMz+wmuRosCLTEa+C/glgiqPBNpZGpl
        R7uc4C6iqbE76n/0DrGZeTXo3m7/ZQSrPX5JsGzX3GrNCWo+CEtoxa05g46xsj+X
        yVqACh/a5DuM8jnmlNMq98dhiGwEIAUUOtHVduyVRaKp4tQNovwSb+v6K6Hsnjfo
        qX5CqE0dMrDZXBokd1DG+LXCzLsidD3h5dsENCwBHY7q2erR5poNRApRfBgf3i7V
        PZX6620R868YEjaxppNWOclC1gFp4ib+ccYe+PnTwNVbpkfL2gbb7TfrE/Z4MqI7
        N/dwjgGEH2agzmQu/5oCuwWXDcbnE5uaOhg9CQIDAQABAoIBAA1oVA1LlcbyIMgg
        3RiGADCGbLZYpc/rE+0k4OCLx20aP80K4qjE8Z8ngAAETwhwVcTmIDPzvDaFrW1K
        v3i+PP7rGUzwykB5SBDI8iuXnIv56gH9yR2qBmLTbMjSNIqOtL13N0ZjVB6QPmxs
        sLx5haqcM+g2f3trrHApd6n2/dkckx4Kuu0CB8e3/cdQM5WUXX8mem/22Xsk0TxB
        jvXSCXPLz0koE19XfaBAEsZMc8sbx/qcNMFg4yAS37k5JrQqtRqN2AbCt256rkHm
        evm1f2qXk+/BALKALXS8qae+MjqECtpBPLaL4Ux7dY2tycDNIAEa23/tCUyWSoJc
        z2eY1kMCgYEA+m0H/8gjaVpgOAQnGxwMLdrXwCsc0cgExfVv13ooEv8Fx2TBKzEV
        TL+WyhANurX30RGyuyyx/kAiEtU83N1BBcUtWF58geDDsBu7zY+uOAzbZkX0asRS
        g0l5/P+C3sXlY6oBW9bjIfE4MDeZaXOA0j89sduoQxKa0k63Qtbk608CgYEA5vYk
        Z1LAFsR6bX5zFaVT8Kc0JagGqZmWF/fFED48oLdMfFZ+cKHmDhVFZFT14T0ZEoh/
        nDzzRNNbmPcBB63DZaav3NbOzE+IeZ0IYvOjH0tpBrI1J6MMuwbqbLKKlSOJomLz
        BdtGc/+dbo4YGGl0Rn+v0UxVZ0U31dekRvLYXCcCgYAtOSFXrJHQhbSYiQ9y0tbU
        NQ//MQnsTF2oThFbbUDtZUZq4qQLo7p/+J1Hciy4igHtrG+FY6XlDznYAtAR5pbG
        bvwoWC/N2IQeOnPoxEim8JNyXbGs0jVAZjV0XcQJbN1m6R2Ds0OjLoeCFZhLtcMO
        tML0aoFxU1vIHNT1ag8++wKBgQDa4JGHSai46uKLObae4Ns3yX1l4mLN/7t6Y1ji
        F9klBhD6FI4m94cp+YaVmt6Z4mkMY0dsLWbt5s97mzniqQ3wG5O2WewJO6Y+ek8k
        V3hThAe4TNKLCb5a0CcBdAJZbCBXQCbHehK+g5QS3Z6AJBAJb6CTXR/iinprsb0B
        b8sTKQKBgQDuzXgbIQAgm0jdypfB3JupdFvqxOhQo4AA2H6UP9A7w0W2jj2RTX4+
        fLjbn59VGFUQ/J9jzm9ZW1fyobkTPulZrMNivpOfN+hc+XT65y1j2RY5CpbqfA/R
        GlvnpkSat2lVfKuncCPIdQqbPooLGoueOsdaWyaFihdfeq62jzb1Zg==
        -----END RSA PRIVATE KEY-----
        """

    @Test("Are signed as OpenSSL's command line signs them")
    func golden() throws {
        let token = try VonageToken(application: "aaaa-bbbb", key: Secret(Self.key)).make(now: 1_700_000_000, id: "j1")
        let parts = [
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhcHBsaWNhdGlvbl9pZCI6ImFhYWEtYmJiYiIsImV4cCI6MTcwMDAwMDM",
            "wMCwiaWF0IjoxNzAwMDAwMDAwLCJqdGkiOiJqMSJ9.udnjUsu41rPsYIancuoC1eYQEbgX_BVclTOWQpO_0pR1UE7KQ2-eE9",
            "EsCz4jVX0uY2D3jxoSnpiJPvfH4vh5d0BfnbxGQ41AlFfH4mgYk8EyRXs2lzscpOOaINZreC11x6PAfXNB-j3EjvRKsVF1Wu",
            "8BnTTli045bqSNPXBl_uXwxtalPVjy_l6MQTUnZPPv8cZrHWuB_Z5ULW9Ta_OmaVAQ27TZarUCQI9D48CcQf8-x57zND5HtF",
            "ZlSEQ_zfTwepgzAGyuH7_iNCpqW6enZgZyQczROdlFWOY-LstGXDn445KIthQ1ME8YzGytSR0zVMiDmOTi-QMEf-3Ebj5KAw",
        ]
        #expect(token.reveal() == parts.joined())
    }

    @Test(
        "Need a key that is one",
        arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    )
    func noKey(pem: String) {
        let token = VonageToken(application: "a", key: Secret(pem))
        #expect(throws: DigestError.self) { try token.make(now: 0, id: "1") }
    }
}
