// SPDX-License-Identifier: Apache-2.0
internal import CZlib
internal import NIOCore

/// A raw deflate stream of zlib (RFC 1951), released with the value.
@safe struct Deflater: ~Copyable {
    /// On the heap, because zlib remembers the address and refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Makes a stream with an empty window of 2^`windowBits` bytes, 9 to 15: raw deflate cannot do 8.
    init(windowBits: Int) throws(WebSocketError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // deflateInit2: Z_OK, or Z_MEM_ERROR, Z_STREAM_ERROR (a parameter out of range), Z_VERSION_ERROR.
        let result = unsafe czlib_deflate_init2(stream, Z_DEFAULT_COMPRESSION, -Int32(windowBits), 8)
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw .compressionFailed(result)
        }
    }

    deinit {
        // deflateEnd: Z_OK, or Z_DATA_ERROR when data were pending, which then are not wanted.
        _ = unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Appends `input` to `output` as blocks that end on a byte's edge, the last one empty (Z_SYNC_FLUSH).
    func deflate(_ input: Span<UInt8>, into output: inout ByteBuffer) throws(WebSocketError) {
        var rest = input
        repeat {
            // zlib counts in 32 bits.
            let piece = rest.extracting(first: Int(UInt32.max >> 1))
            rest = rest.extracting(droppingFirst: piece.count)
            let result = unsafe piece.withUnsafeBufferPointer { source in
                unsafe deflate(source, flush: rest.count == 0 ? Z_SYNC_FLUSH : Z_NO_FLUSH, into: &output)
            }
            // Z_BUF_ERROR: nothing was left to do. Z_STREAM_ERROR would be a mistake of this file.
            guard result == Z_OK || result == Z_BUF_ERROR else { throw .compressionFailed(result) }
        } while rest.count > 0
    }

    private func deflate(
        _ source: UnsafeBufferPointer<UInt8>,
        flush: Int32,
        into output: inout ByteBuffer
    ) -> Int32 {
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(source.count)
        var result = Z_OK
        var isOutputFull = true
        while isOutputFull && result == Z_OK {
            unsafe output.writeWithUnsafeMutableBytes(minimumWritableBytes: source.count / 2 + 64) { target in
                let space = min(target.count, Int(UInt32.max))
                unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
                unsafe stream.pointee.avail_out = UInt32(space)
                unsafe result = CZlib.deflate(stream, flush)
                unsafe isOutputFull = stream.pointee.avail_out == 0
                let produced = unsafe space - Int(stream.pointee.avail_out)
                // The pointers end with this call.
                unsafe stream.pointee.next_out = nil
                return produced
            }
        }
        unsafe stream.pointee.next_in = nil
        return result
    }
}
