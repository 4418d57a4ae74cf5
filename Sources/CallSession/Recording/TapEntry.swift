// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Something that a call tells whoever records it.
package struct TapEntry: Sendable, Equatable {
    /// What it is.
    package enum Kind: UInt8, Sendable {
        /// Recording begins; `first` is the number of the caller's samples that came before.
        case began
        /// Audio of the caller's; `first` is the number of samples before it. Linear samples are in the machine's order.
        case caller
        /// The same while recording pauses: as long, and without its bytes.
        case callerUnheard
        /// Audio of the bot's as it was sent; `first` is when a platform without delay plays it, in nanoseconds, `second`
        /// the platform's delay, or negative while nothing is known of it.
        case bot
        /// The same while recording pauses: as long, and without its bytes.
        case botUnheard
        /// The last `first` samples that were sent are not going to be heard.
        case cut
        /// The call is over.
        case ended

        /// Whether its bytes come with it.
        var hasBytes: Bool { self == .caller || self == .bot }
    }

    /// What it is.
    package let kind: Kind
    /// Bytes of its audio.
    package let byteCount: Int
    /// When it was told.
    package let time: CallInstant
    /// See ``Kind``.
    package let first: Int64
    /// See ``Kind``.
    package let second: Int64

    /// An entry.
    package init(_ kind: Kind, byteCount: Int = 0, at time: CallInstant, first: Int64 = 0, second: Int64 = 0) {
        self.kind = kind
        self.byteCount = byteCount
        self.time = time
        self.first = first
        self.second = second
    }
}
