// SPDX-License-Identifier: Apache-2.0

/// What one message may cost this side.
package struct MessageLimits: Sendable, Equatable {
    /// The longest message in bytes, after inflation.
    ///
    /// Default 1 MiB: two orders of magnitude above a second of call audio in base64. A longer one ends the connection
    /// with 1009, on the header of the frame that crosses the line.
    package let maximumMessageBytes: Int
    /// The longest payload of one frame as sent, in bytes; at most ``maximumMessageBytes`` where nothing is compressed.
    package let maximumFrameBytes: Int
    /// The greatest number of frames in one message.
    ///
    /// Default 1,024; more end the connection with 1009.
    package let maximumFragments: Int
    /// How much memory each of the buffers keeps between messages, in bytes.
    ///
    /// Default 8 KiB.
    package let retainedBufferBytes: Int

    /// The largest size that can be asked for, 1 GiB: buffers count in 32 bits.
    package static let largestMessageBytes = 1 << 30

    /// Makes limits; the frame limit follows the message limit unless given.
    ///
    /// Sizes are moved into 0…``largestMessageBytes``.
    package init(
        maximumMessageBytes: Int = 1 << 20,
        maximumFrameBytes: Int? = nil,
        maximumFragments: Int = 1024,
        retainedBufferBytes: Int = 8192
    ) {
        self.maximumMessageBytes = min(max(maximumMessageBytes, 0), Self.largestMessageBytes)
        self.maximumFrameBytes = min(max(maximumFrameBytes ?? maximumMessageBytes, 0), Self.largestMessageBytes)
        self.maximumFragments = maximumFragments
        self.retainedBufferBytes = retainedBufferBytes
    }
}
