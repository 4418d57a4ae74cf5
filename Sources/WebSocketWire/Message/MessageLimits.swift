// SPDX-License-Identifier: Apache-2.0

/// What one message may cost this side.
package struct MessageLimits: Sendable, Equatable {
    /// The longest message in bytes, after inflation.
    ///
    /// Default 1 MiB: two orders of magnitude above a second of call audio in base64. A longer one ends the connection
    /// with 1009, on the header of the frame that crosses the line.
    package var maximumMessageBytes: Int
    /// The longest payload of one frame as sent, in bytes; at most ``maximumMessageBytes`` where nothing is compressed.
    package var maximumFrameBytes: Int
    /// The greatest number of frames in one message.
    ///
    /// Default 1,024; more end the connection with 1009.
    package var maximumFragments: Int
    /// How much memory each of the buffers keeps between messages, in bytes.
    ///
    /// Default 8 KiB.
    package var retainedBufferBytes: Int

    /// Makes limits; the frame limit follows the message limit unless given.
    package init(
        maximumMessageBytes: Int = 1 << 20,
        maximumFrameBytes: Int? = nil,
        maximumFragments: Int = 1024,
        retainedBufferBytes: Int = 8192
    ) {
        self.maximumMessageBytes = maximumMessageBytes
        self.maximumFrameBytes = maximumFrameBytes ?? maximumMessageBytes
        self.maximumFragments = maximumFragments
        self.retainedBufferBytes = retainedBufferBytes
    }
}
