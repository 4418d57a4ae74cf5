// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import NIOCore

/// How OpenSSL reads and writes our buffers: a BIO whose two functions copy from `inbound` and to `outbound`. Nothing
/// stays in the BIO, so that an idle connection holds no memory there.
extension TLSConnection {
    /// The functions; the caller frees them after the last connection.
    static func makeBIOMethod() -> OpaquePointer? {
        guard let method = unsafe BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "voicebridge buffers") else {
            return nil
        }
        unsafe BIO_meth_set_read(method) { bio, bytes, count in
            guard let bio = unsafe bio, let bytes = unsafe bytes, count > 0 else { return 0 }
            unsafe voicebridge_bio_clear_retry(bio)
            let target = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
            let read = unsafe TLSConnection.owner(ofBIO: bio)?.fill(target) ?? 0
            if read > 0 { return Int32(read) }
            unsafe voicebridge_bio_ask_for_more(bio)
            return -1
        }
        unsafe BIO_meth_set_write(method) { bio, bytes, count in
            guard let bio = unsafe bio, let bytes = unsafe bytes, count > 0 else { return 0 }
            unsafe voicebridge_bio_clear_retry(bio)
            guard let owner = unsafe TLSConnection.owner(ofBIO: bio) else { return -1 }
            unsafe owner.append(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
            return count
        }
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        unsafe BIO_meth_set_create(method) { bio in
            unsafe BIO_set_init(bio, 1)
            return 1
        }
        return unsafe method
    }

    /// The object of a connection inside one of OpenSSL's callbacks: they run only while one of its methods does.
    static func owner(of ssl: OpaquePointer) -> TLSConnection? {
        guard let data = unsafe voicebridge_tls_owner(ssl) else { return nil }
        return unsafe Unmanaged<TLSConnection>.fromOpaque(data).takeUnretainedValue()
    }

    private static func owner(ofBIO bio: OpaquePointer) -> TLSConnection? {
        guard let data = unsafe BIO_get_data(bio) else { return nil }
        return unsafe Unmanaged<TLSConnection>.fromOpaque(data).takeUnretainedValue()
    }

    private func fill(_ target: UnsafeMutableRawBufferPointer) -> Int {
        unsafe inbound.readWithUnsafeReadableBytes { source in
            let count = min(source.count, target.count)
            unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
            return count
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe Self.append(bytes, to: &outbound)
    }

    /// The buffer as an argument, so that it is reached by one access.
    private static func append(_ bytes: UnsafeRawBufferPointer, to outbound: inout ByteBuffer) {
        // Taken before: reuse the memory if the channel is done with it.
        if outbound.readableBytes == 0 { outbound.clear(minimumCapacity: max(512, bytes.count)) }
        unsafe outbound.writeBytes(bytes)
    }
}
