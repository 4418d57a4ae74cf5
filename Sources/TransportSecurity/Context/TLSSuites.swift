// SPDX-License-Identifier: Apache-2.0

/// The suites and groups that are spoken, best first: forward secrecy and authenticated encryption only.
enum TLSSuites {
    /// TLS 1.2: the ECDHE AEAD suites that RFC 9325 §4.2 recommends, and ChaCha20 for peers without AES hardware.
    static let version1_2 = """
        ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:\
        ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:\
        ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
        """

    /// TLS 1.3: all of RFC 8446 §9.1.
    static let version1_3 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

    /// Key agreement: RFC 7748 and FIPS 186.
    static let groups = "X25519:P-256"
}
