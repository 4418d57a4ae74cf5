// SPDX-License-Identifier: Apache-2.0

/// What a platform may do wrong, to see the server take it.
public enum PlatformFault: String, Sendable, CaseIterable {
    /// At the call's end the socket is cut, without `stop` and without a close frame.
    case closeWithoutStop = "close-without-stop"
    /// At the call's end only the sending half of the socket is closed; the server has to close the rest.
    case halfClose = "half-close"
    /// The caller's media ceases, the socket stays and answers pings.
    case silence
    /// The platform neither sends nor reads any more, and the socket stays.
    case vanish
    /// The platform stops reading and goes on sending.
    case deaf
    /// `start` comes 3 s after `connected`.
    case lateStart = "late-start"
    /// `start` never comes; the server must close with 1008.
    case noStart = "no-start"
    /// `start` comes twice; the server must close with 1002.
    case duplicateStart = "duplicate-start"
    /// Five messages that are not JSON; the call goes on.
    case garbage
    /// Twenty messages that are not JSON; the server must close with 1007.
    case garbageFlood = "garbage-flood"
    /// `start` names 11025 Hz; the server must close with 1003.
    case badFormat = "bad-format"
    /// A message of more than 1 MiB; the server must close with 1009.
    case oversize
    /// One media message that is not base64; it costs that message only.
    case badBase64 = "bad-base64"
    /// Every second PCM message ends in the middle of a sample; the next one carries the rest.
    case oddBytes = "odd-bytes"
    /// `stop` comes twice.
    case stopTwice = "stop-twice"
    /// `stop` comes instead of `start`.
    case stopWithoutStart = "stop-without-start"
    /// The first `session.hangup` is not acted on, a second one is.
    case ignoreHangUpOnce = "ignore-hangup-once"
    /// No `session.hangup` is acted on; the server has to close.
    case ignoreHangUp = "ignore-hangup"

    /// The close code that answers the fault, where the wire document names one.
    public var expectedCloseCode: UInt16? {
        switch self {
        case .noStart: 1008
        case .duplicateStart: 1002
        case .garbageFlood: 1007
        case .badFormat: 1003
        case .oversize: 1009
        default: nil
        }
    }
}
