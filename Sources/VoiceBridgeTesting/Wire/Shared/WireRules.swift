// SPDX-License-Identifier: Apache-2.0

/// What a platform allows on its wire and does of its own accord, beyond the shape of its messages.
struct WireRules: Sendable {
    /// What becomes of the marks that wait when the audio before them is taken back.
    enum ClearedMarks: Sendable {
        /// They never return.
        case lost
        /// They return at once.
        case returned
        /// They wait on.
        case kept
    }

    /// Bytes of which each audio message is a multiple.
    var multiple: Int
    /// The fewest bytes of an audio message.
    var minimum: Int
    /// The most bytes of an audio message.
    var maximum: Int
    /// Whether the platform sends audio as binary messages.
    var sendsBinaryAudio = false
    /// Whether the server may send audio as binary messages.
    var takesBinaryAudio = false
    /// Whether linear samples have their high byte first.
    var isBigEndian = false
    /// What becomes of marks when a clear takes back their audio.
    var clearedMarks = ClearedMarks.lost
    /// Whether the bot leaves the call by closing the socket.
    var isLeftByClosing = false
    /// The name of the message by which the bot leaves the call.
    var hangUpName: String?
    /// The name of the message by which the server answers the last one.
    var farewellName: String?
    /// The most audio messages in a second; one more breaks a rule.
    var maximumRate: Int?
    /// Names of messages that answer the platform's own, and may do so until the end.
    var answerNames: Set<String> = []
    /// The audio that the platform holds at most; more breaks a rule.
    var buffer: Duration?
    /// Where the platform tells the server to hold its audio, and where to go on; what comes between is lost.
    var queue: (full: Duration, low: Duration)?
    /// Whether the platform drops the connection over a broken rule, without a close frame.
    var cutsOffenders = false

    /// Rules for audio messages of `multiple` bytes each, so many times.
    init(multiple: Int, minimum: Int? = nil, maximum: Int = .max) {
        self.multiple = multiple
        self.minimum = minimum ?? multiple
        self.maximum = maximum
    }

    /// Whether an audio message may have so many bytes.
    func allow(bytes: Int) -> Bool {
        bytes > 0 && bytes.isMultiple(of: multiple) && bytes >= minimum && bytes <= maximum
    }

    /// `3200 to 100000 bytes in steps of 320`.
    var sizes: String {
        maximum == .max
            ? "\(minimum) bytes and more in steps of \(multiple)"
            : minimum == maximum ? "\(minimum) bytes" : "\(minimum) to \(maximum) bytes in steps of \(multiple)"
    }
}

extension SimulatedAudioFormat {
    /// Bytes of so many milliseconds.
    func bytes(milliseconds: Int) -> Int { sampleRate * milliseconds / 1_000 * bytesPerSample }
}
