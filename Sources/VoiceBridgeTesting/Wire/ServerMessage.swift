// SPDX-License-Identifier: Apache-2.0

/// A message of the server that the wire allows.
enum ServerMessage: Equatable {
    /// Audio, as bytes in the call's format.
    case audio([UInt8])
    /// The utterance ends with the audio before.
    case audioDone
    /// Take back what was not played.
    case clear
    /// Return the marks that wait.
    case clearMarks
    /// What the protocol asks for and the caller does not notice.
    case nothing
    /// Return this name when the audio before has been played.
    case mark(String)
    /// Send keys down the line.
    case digits(String)
    /// End the call.
    case hangUp
    /// The server gives the call up, and why.
    case failure(String)
    /// Connect the caller elsewhere.
    case transfer
}
