// SPDX-License-Identifier: Apache-2.0

/// The body of an answer, piece by piece as it comes, for one consumer.
///
/// What has come and was not taken waits; it is bounded by the request's ``HTTPRequest/maximumBody``. Whoever stops to read
/// lets go of the body, which ends the exchange.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    private let pieces: AsyncThrowingStream<[UInt8], any Error>

    /// A body whose pieces come from a stream.
    package init(_ pieces: AsyncThrowingStream<[UInt8], any Error>) { self.pieces = pieces }

    /// A body that is there already, in one piece or several.
    package init(_ pieces: [[UInt8]]) {
        self.pieces = AsyncThrowingStream { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish()
        }
    }

    package func makeAsyncIterator() -> AsyncThrowingStream<[UInt8], any Error>.Iterator {
        pieces.makeAsyncIterator()
    }

    /// The whole body.
    ///
    /// - Throws: ``HTTPClientError`` when the exchange fails on the way; `CancellationError`.
    package func collect() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self { bytes += piece }
        // A stream ends without an error when its reader is cancelled; what came is not the whole then.
        try Task.checkCancellation()
        return bytes
    }
}
