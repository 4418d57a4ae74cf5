// SPDX-License-Identifier: Apache-2.0
internal import CZlib
internal import NIOCore

/// A raw inflate stream of zlib (RFC 1951), released with the value.
@safe struct Inflater: ~Copyable {
    /// On the heap, because zlib remembers the address and refuses a stream that has moved.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the last byte taken in ended a block with BFINAL set.
    private(set) var isAtStreamEnd = false

    /// Makes a stream with an empty window of 2^`windowBits` bytes, 8 to 15.
    ///
    /// A peer that refers to more than its window is found out when the bytes are no longer at hand, which depends on
    /// how the stream is cut up; it never reaches memory that is not of this stream.
    init(windowBits: Int) throws(WebSocketError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // inflateInit2: Z_OK, or Z_MEM_ERROR, Z_VERSION_ERROR, Z_STREAM_ERROR. A compressor told to use 256 bytes
        // may in truth use 512 (zlib before 1.2.9), hence 9 at least.
        let result = unsafe czlib_inflate_init2(stream, -Int32(max(windowBits, 9)))
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw .compressionFailed(result)
        }
    }

    deinit {
        // inflateEnd: Z_OK, or Z_STREAM_ERROR for a stream that was never begun, which this one was.
        _ = unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Whether everything taken in has been decoded up to the end of a block, on a byte's edge.
    var isBetweenBlocks: Bool {
        // data_type: unused bits of the last byte in the low bits, 128 right after a block's end.
        let state = unsafe stream.pointee.data_type
        return isAtStreamEnd || (state & 128 != 0 && state & 7 == 0)
    }

    /// Inflates all of `input` and appends it to `output`.
    ///
    /// - Throws: `WebSocketError` when the data are damaged, when `output` would hold more than `limit` bytes (it then
    ///   holds one more, not the whole bomb), or when zlib has no memory.
    mutating func inflate(
        _ input: Span<UInt8>,
        into output: inout ByteBuffer,
        limit: Int
    ) throws(WebSocketError) {
        var rest = input
        repeat {
            // zlib counts in 32 bits.
            let piece = rest.extracting(first: Int(UInt32.max >> 1))
            rest = rest.extracting(droppingFirst: piece.count)
            try inflatePiece(piece, into: &output, limit: limit)
        } while rest.count > 0
    }

    private mutating func inflatePiece(
        _ input: Span<UInt8>,
        into output: inout ByteBuffer,
        limit: Int
    ) throws(WebSocketError) {
        guard input.count > 0 else { return }
        var consumed = 0
        while true {
            let room = limit - output.readableBytes + 1
            let step = unsafe input.extracting(droppingFirst: consumed).withUnsafeBufferPointer { source in
                unsafe self.step(source, into: &output, room: room)
            }
            consumed += step.consumed
            guard output.readableBytes <= limit else { throw .messageTooLong(limit: limit) }
            isAtStreamEnd = false
            switch step.result {
            case Z_OK:
                // A full output means that there may be more to come.
                if consumed == input.count && !step.isOutputFull { return }
            case Z_BUF_ERROR:
                // Nothing left to do: all input is taken and all output given.
                guard consumed == input.count else { throw .compressionFailed(step.result) }
                return
            case Z_STREAM_END:
                // A block with BFINAL ends zlib's stream, not the peer's (RFC 7692 §7.2.3.4): what follows may still
                // refer to the window, so the state is renewed and the window kept.
                // inflateResetKeep: Z_OK, or Z_STREAM_ERROR for a stream that was never begun.
                let result = unsafe inflateResetKeep(stream)
                guard result == Z_OK else { throw .compressionFailed(result) }
                if consumed == input.count {
                    isAtStreamEnd = true
                    return
                }
            case Z_DATA_ERROR, Z_NEED_DICT:
                throw .invalidCompressedData
            default:
                // Z_MEM_ERROR; Z_STREAM_ERROR would be a mistake of this file.
                throw .compressionFailed(step.result)
            }
        }
    }

    private struct Step {
        var result: Int32
        var consumed: Int
        var isOutputFull: Bool
    }

    /// One call of zlib's `inflate`, with at most `room` bytes of output.
    private func step(
        _ source: UnsafeBufferPointer<UInt8>,
        into output: inout ByteBuffer,
        room: Int
    ) -> Step {
        var step = Step(result: Z_OK, consumed: 0, isOutputFull: false)
        unsafe output.writeWithUnsafeMutableBytes(minimumWritableBytes: min(room, 512)) { target in
            let space = min(room, target.count, Int(UInt32.max))
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(source.count)
            unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
            unsafe stream.pointee.avail_out = UInt32(space)
            unsafe step.result = CZlib.inflate(stream, Z_SYNC_FLUSH)
            unsafe step.consumed = source.count - Int(stream.pointee.avail_in)
            unsafe step.isOutputFull = stream.pointee.avail_out == 0
            // The pointers end with this call.
            unsafe stream.pointee.next_in = nil
            let produced = unsafe space - Int(stream.pointee.avail_out)
            unsafe stream.pointee.next_out = nil
            return produced
        }
        return step
    }
}
