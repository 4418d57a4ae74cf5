// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import NIOCore

/// OpenSSL driven by hand, without any of our rules: to play peers that are old, odd or hostile.
@safe final class RawPeer {
    private let context: OpaquePointer
    private let ssl: OpaquePointer
    private let fromPeer: OpaquePointer
    private let toPeer: OpaquePointer

    /// A client of these versions (`TLS1_1_VERSION`, …) that verifies nothing.
    init?(clientFrom minimum: Int32, to maximum: Int32) {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        guard
            unsafe voicebridge_tls_set_versions(context, minimum, maximum) == 1,
            unsafe SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0") == 1,
            let ssl = unsafe SSL_new(context),
            let fromPeer = unsafe BIO_new(BIO_s_mem()),
            let toPeer = unsafe BIO_new(BIO_s_mem())
        else {
            unsafe SSL_CTX_free(context)
            return nil
        }
        unsafe SSL_set_bio(ssl, fromPeer, toPeer)
        unsafe SSL_set_connect_state(ssl)
        unsafe self.context = context
        unsafe self.ssl = ssl
        unsafe self.fromPeer = fromPeer
        unsafe self.toPeer = toPeer
    }

    deinit {
        unsafe SSL_free(ssl)
        unsafe SSL_CTX_free(context)
        ERR_clear_error()
    }

    /// Goes on with the handshake; whether it is done.
    func handshake() -> Bool {
        ERR_clear_error()
        return unsafe SSL_do_handshake(ssl) == 1
    }

    /// Asks for a new handshake on the open connection (TLS 1.2).
    func renegotiate() -> Bool { unsafe SSL_renegotiate(ssl) == 1 }

    /// Encrypts.
    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return unsafe SSL_write(ssl, bytes, Int32(bytes.count)) == Int32(bytes.count)
    }

    /// Decrypts what there is; nil when there is none or the connection is dead.
    func read() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        ERR_clear_error()
        let count = unsafe SSL_read(ssl, &bytes, 4_096)
        return count > 0 ? String(decoding: bytes[..<Int(count)], as: UTF8.self) : nil
    }

    /// The reason (`SSL_R_…`) of the last failure.
    var lastReason: Int32 { ERR_GET_REASON(ERR_peek_error()) }

    /// What it wants to send.
    func output() -> ByteBuffer {
        var result = ByteBuffer()
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe BIO_read(toPeer, &bytes, 16_384)
            if count <= 0 { return result }
            result.writeBytes(bytes[..<Int(count)])
        }
    }

    /// Gives it bytes of the other side.
    func input(_ bytes: ByteBuffer) {
        let bytes = Array(bytes.readableBytesView)
        if !bytes.isEmpty { _ = unsafe BIO_write(fromPeer, bytes, Int32(bytes.count)) }
    }
}
