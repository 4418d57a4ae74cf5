// SPDX-License-Identifier: Apache-2.0

/// What a message of the platform is about, whatever name it goes by.
enum IVRSolutionsMessageKind {
    case connected
    case start
    case media
    case digit
    case mark
    case cleared
    case stop

    /// The kind by the name at `place`, small and capital letters alike; nil for a name that is not known.
    init?(at place: JSONPlace, of document: JSONDocument, in text: Span<UInt8>) {
        func named(_ name: String) -> Bool { document.equals(name, at: place, in: text) }
        if named("media") || named("audio") || named("input_audio_buffer.append") {
            self = .media
        } else if named("dtmf") {
            self = .digit
        } else if named("mark") {
            self = .mark
        } else if named("clear") || named("cleared") {
            self = .cleared
        } else if named("connected") {
            self = .connected
        } else if named("start") || named("session.start") || named("session.created") {
            self = .start
        } else if named("stop") || named("session.end") || named("hangup") {
            self = .stop
        } else {
            return nil
        }
    }
}
