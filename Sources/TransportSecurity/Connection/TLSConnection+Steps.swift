// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import NIOCore

extension TLSConnection {
    /// Buffers up to this many bytes are kept by an idle connection and reused for its next record; larger ones are
    /// given back.
    static let keptCapacity = 4_096

    /// Adds ciphertext of the peer.
    ///
    /// It is kept, not copied, until the next step has read it.
    func receive(_ ciphertext: ByteBuffer) {
        if inbound.readableBytes == 0 {
            inbound = ciphertext
        } else {
            inbound.writeImmutableBuffer(ciphertext)
        }
    }

    /// The ciphertext to send, if any; its memory is used again when the channel has let it go.
    func takeCiphertext() -> ByteBuffer? {
        guard outbound.readableBytes > 0 else { return nil }
        let taken = outbound
        if outbound.capacity > Self.keptCapacity {
            outbound = ByteBuffer()
        } else {
            outbound.moveReaderIndex(to: outbound.writerIndex)
        }
        return taken
    }

    /// Takes the handshake as far as it goes.
    func handshake() -> Outcome {
        OpenSSLFailure.clear()
        let result = unsafe SSL_do_handshake(ssl)
        releaseInbound()
        if result == 1 { return .complete }
        if unsafe SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ { return .incomplete }
        return .failed(
            .handshake(
                OpenSSLFailure.take(),
                verification: unsafe SSL_get_verify_result(ssl),
                role: context.role,
                peer: peerName
            )
        )
    }

    /// Decrypts all that arrived and appends it.
    func decrypt(into plaintext: inout ByteBuffer) -> ReadOutcome {
        defer { releaseInbound() }
        while true {
            // A record in the library is at most 16 KiB; what arrived shrinks when it is decrypted.
            let room = min(max(inbound.readableBytes, 512), 16_384)
            OpenSSLFailure.clear()
            var count = 0
            let result = unsafe plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                guard unsafe SSL_read_ex(ssl, target.baseAddress, target.count, &count) == 1 else { return 0 }
                return count
            }
            if result > 0 {
                // Asking once more when nothing is left would only take and free a record buffer.
                if inbound.readableBytes == 0, unsafe SSL_has_pending(ssl) == 0 { return .open }
                continue
            }
            switch unsafe SSL_get_error(ssl, 0) {
            case SSL_ERROR_WANT_READ: return .open
            case SSL_ERROR_ZERO_RETURN: return .closedByPeer
            default: return .failed(.record(OpenSSLFailure.take(), peer: peerName))
            }
        }
    }

    /// Encrypts the bytes as records of at most 16 KiB; an empty buffer makes none.
    func encrypt(_ plaintext: ByteBuffer) -> Outcome {
        guard plaintext.readableBytes > 0 else { return .complete }
        OpenSSLFailure.clear()
        let isWritten = unsafe plaintext.withUnsafeReadableBytes { source in
            var count = 0
            return unsafe SSL_write_ex(ssl, source.baseAddress, source.count, &count) == 1 && count == source.count
        }
        return isWritten ? .complete : .failed(.record(OpenSSLFailure.take(), peer: peerName))
    }

    /// Says that we send no more (RFC 8446 §6.1).
    func sendCloseNotify() {
        OpenSSLFailure.clear()
        _ = unsafe SSL_shutdown(ssl)
        OpenSSLFailure.clear()
    }

    /// Lets go of the channel's read buffer.
    private func releaseInbound() {
        if inbound.readableBytes == 0 { inbound = ByteBuffer() }
    }
}
