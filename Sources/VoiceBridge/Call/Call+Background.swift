// SPDX-License-Identifier: Apache-2.0

extension Call {
    /// Puts a sound that goes round and round behind the conversation: hold music, an office, the noise of thinking.
    ///
    /// It fades in and out within 30 ms, steps back by 12 dB under what is said, and goes on through a flush. It is no
    /// speech: it is not in ``heard``, keeps no idle timer from running and no hang-up from coming, and cannot be
    /// interrupted. Another sound takes its place. While it is heard alone, audio is sent at most 40 ms ahead, by which
    /// an answer may come later.
    ///
    /// - Parameters:
    ///   - prompt: the sound; nil ends it.
    ///   - gain: in decibels, −60…0.
    ///   - occasion: when it is heard.
    public func background(_ prompt: Prompt?, gain: Double = -20, while occasion: BackgroundOccasion = .always) {
        port.submit(.background(prompt, gain: gain, occasion))
    }
}
