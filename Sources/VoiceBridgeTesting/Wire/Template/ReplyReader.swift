// SPDX-License-Identifier: Apache-2.0

/// Reads a server's text messages as strictly as the simulated platform does.
package struct ReplyReader: Sendable {
    /// What a message means for a tool that plays many calls.
    package enum Reply: Sendable, Equatable {
        /// Audio, as bytes in the call's format.
        case audio([UInt8])
        /// Return this name when the audio before has been played.
        case mark(String)
        /// What was not played is taken back.
        case clear
        /// The bot leaves the call: hang-up, transfer or failure.
        case leave
        /// Nothing that a caller notices.
        case other
        /// The platform does not take this message, and why.
        case violation(String)
    }

    var wire: any PlatformWire

    /// What `text` means.
    package mutating func read(_ text: [UInt8]) -> Reply {
        let (name, _, meaning) = wire.read(text)
        switch meaning {
        case .success(.audio(let bytes)): return .audio(bytes)
        case .success(.mark(let name)): return .mark(name)
        case .success(.clear), .success(.clearMarks): return .clear
        case .success(.hangUp), .success(.transfer), .success(.failure): return .leave
        case .success(.audioDone), .success(.digits), .success(.nothing): return .other
        case .failure(let fault):
            let isUnknown = fault.rule == .unknownMessage
            return .violation("\(fault.rule.rawValue): \(isUnknown ? name : fault.detail)")
        }
    }
}
