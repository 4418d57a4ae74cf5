// SPDX-License-Identifier: Apache-2.0

/// What sizes of audio messages a platform takes, in bytes of the wire's encoding before base64, and how a stretch of
/// speech is cut by them.
///
/// While speech goes on, what is short of a message is held. At its end the rest is flushed: filled with silence to a
/// multiple, joined to the message before where it would be too short by itself, and filled to the minimum where there
/// is none before it.
package struct AudioFraming: Sendable, Equatable {
    /// Bytes of one message in the steady state.
    package var bytesPerFrame: Int
    /// The fewest bytes of one message.
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

    /// Sizes of whole frames of `unit` bytes, at most `maximumFrames` of them in one message; the steady state is one.
    package init(unit: Int, maximumFrames: Int) {
        self.init(
            bytesPerFrame: unit,
            minimumBytes: unit,
            maximumBytes: unit * maximumFrames,
            multipleOfBytes: unit
        )
    }
}

extension AudioFraming {
    /// The next message: bytes of speech, and bytes of silence behind them.
    package struct Message: Sendable, Equatable {
        /// Bytes of speech.
        package var content: Int
        /// Bytes of silence.
        package var padding: Int

        /// A message of so many bytes.
        package init(content: Int, padding: Int) {
            self.content = content
            self.padding = padding
        }
    }

    /// The same sizes with the steady state at `bytes`, or as near as the others allow.
    ///
    /// The others are brought to the multiple, itself one of `bytesPerSample`.
    package func settled(on bytes: Int, bytesPerSample: Int) -> AudioFraming {
        var settled = self
        let samples = max(1, (multipleOfBytes + bytesPerSample - 1) / bytesPerSample)
        settled.multipleOfBytes = samples * bytesPerSample
        settled.minimumBytes = settled.rounded(max(1, minimumBytes))
        settled.maximumBytes = max(
            settled.minimumBytes,
            maximumBytes / settled.multipleOfBytes * settled.multipleOfBytes
        )
        let wanted = settled.rounded(max(bytes, settled.minimumBytes))
        settled.bytesPerFrame = min(wanted, settled.maximumBytes)
        return settled
    }

    /// Bytes beyond one message that must be known before it goes, while more is there: fewer could be a rest that is too
    /// short by itself.
    package var lookahead: Int { minimumBytes > multipleOfBytes ? minimumBytes - multipleOfBytes + 1 : 0 }

    /// What goes next of the speech that waits.
    ///
    /// - Parameters:
    ///   - waiting: bytes of speech that were not sent.
    ///   - isLast: whether nothing follows them.
    /// - Returns: the message; nil when nothing goes yet.
    package func next(waiting: Int, isLast: Bool) -> Message? {
        guard isLast else {
            return waiting >= bytesPerFrame ? Message(content: bytesPerFrame, padding: 0) : nil
        }
        guard waiting > 0 else { return nil }
        let all = rounded(waiting)
        let isRestTooShort = waiting > bytesPerFrame && rounded(waiting - bytesPerFrame) < minimumBytes
        guard waiting <= bytesPerFrame || isRestTooShort && all <= maximumBytes else {
            return Message(content: bytesPerFrame, padding: 0)
        }
        return Message(content: waiting, padding: max(all, minimumBytes) - waiting)
    }

    /// `bytes` brought up to the multiple.
    private func rounded(_ bytes: Int) -> Int { (bytes + multipleOfBytes - 1) / multipleOfBytes * multipleOfBytes }
}
