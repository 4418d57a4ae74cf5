// SPDX-License-Identifier: Apache-2.0

/// What sizes of audio messages a platform likes, in bytes of the wire's encoding before base64.
package struct AudioFraming: Sendable, Equatable {
    /// Bytes of one message in the steady state.
    package var bytesPerFrame: Int
    /// The fewest bytes of one message; a shorter tail is filled with silence.
    package var minimumBytes: Int
    /// The most bytes of one message.
    package var maximumBytes: Int
    /// Each message is a multiple of so many bytes.
    package var multipleOfBytes: Int

    /// Sizes in bytes.
    package init(bytesPerFrame: Int, minimumBytes: Int, maximumBytes: Int, multipleOfBytes: Int) {
        self.bytesPerFrame = bytesPerFrame
        self.minimumBytes = minimumBytes
        self.maximumBytes = maximumBytes
        self.multipleOfBytes = multipleOfBytes
    }
}
