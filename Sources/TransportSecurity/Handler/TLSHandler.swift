// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// TLS as the first handler of a channel: ciphertext outside, plain bytes inside.
///
/// * Inward it fires ``TLSEvent/handshakeCompleted(_:)``, then plain bytes: one buffer per read of the socket, with all
///   that was in it. The handler keeps a reference to that buffer and uses its memory for the next read if nobody else
///   holds it by then: read from it or copy out of it; changing its bytes in place is safe but copies them all.
/// * Outward each write is encrypted at once (one `SSL_write`, records of at most 16 KiB), and the ciphertext of one
///   flush goes on as one buffer (as more when a flush gathers over 64 KiB). Promises of writes are fulfilled when that
///   buffer is written. Writes before the end of the handshake wait, 1 MiB at most.
/// * Reads and writability pass through: the channel's own marks hold.
/// * Errors are ``TLSError``s fired as `errorCaught`, at most one per connection; the channel is closed by the handler
///   after the alert that tells the peer why, within `closeTimeout`.
/// * The transport's end without the peer's close_notify is the error `truncated`, fired before `channelInactive`.
///   With the peer's close_notify the channel becomes inactive without an error; a channel with
///   `allowRemoteHalfClosure` gets `ChannelEvent.inputClosed` and can go on writing.
/// * `close()` flushes what was written, sends close_notify and waits `closeTimeout` at most for the peer's.
///   `close(mode: .output)` sends it and ends our half of the transport.
package final class TLSHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// Where the connection stands.
    enum State: Equatable {
        /// The channel is not active yet.
        case idle
        case handshaking
        case open
        /// We sent close_notify for good and wait for the peer's.
        case closing
        /// The connection failed; the peer is left time to read the alert.
        case failing
        case closed
    }

    /// Nil after the handler was removed.
    var connection: TLSConnection?
    var context: ChannelHandlerContext?
    var state = State.idle

    /// We sent close_notify for our half.
    var isOutputClosed = false
    /// The peer sent close_notify for its half.
    var isInputClosed = false
    /// An error was fired: the end of the transport is no news.
    var hasFailed = false
    /// Somebody inside waits for data.
    var isReadWanted = false
    var closePromise: EventLoopPromise<Void>?

    /// Fulfilled when what was encrypted since the last flush is written.
    var writtenPromise: EventLoopPromise<Void>?
    var early = EarlyWrites()
    var deadline: Scheduled<Void>?

    /// Memory for plain bytes, used again.
    var plaintext = ByteBuffer()

    let handshakeTimeout: TimeAmount
    let closeTimeout: TimeAmount

    /// A server's side.
    /// - Throws: ``TLSError`` when the context is a client's or OpenSSL has no memory.
    package init(server context: TLSContext) throws(TLSError) {
        guard context.role == .server else {
            throw TLSError(.badSettings, "a client's context was given to a server's handler")
        }
        connection = try TLSConnection(context, serverName: nil, session: nil)
        handshakeTimeout = TimeAmount(context.handshakeTimeout)
        closeTimeout = TimeAmount(context.closeTimeout)
    }

    /// A client's side.
    /// - Parameters:
    ///   - context: Made from a ``TLSClientConfiguration``.
    ///   - serverName: The host of the URL, a name or an IP address (brackets allowed): sent as SNI when it is a name,
    ///     and what the server's certificate must be for.
    ///   - session: Where this destination's session is kept, to be taken up next time; nil: full handshakes only.
    /// - Throws: ``TLSError`` when the context is a server's, the name is not usable or OpenSSL has no memory.
    package init(
        client context: TLSContext,
        serverName: String,
        session: TLSClientSession? = nil
    ) throws(TLSError) {
        guard context.role == .client else {
            throw TLSError(.badSettings, "a server's context was given to a client's handler")
        }
        connection = try TLSConnection(context, serverName: ServerName(serverName), session: session)
        handshakeTimeout = TimeAmount(context.handshakeTimeout)
        closeTimeout = TimeAmount(context.closeTimeout)
    }
}
