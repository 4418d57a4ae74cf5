// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Dialects
import NIOCore
import VoiceBridge

/// What every frame of a call passes, in and out: the dialect, the session, and memory for what goes out.
///
/// One value, so that the engine reaches all of it by one access for each message, instead of one for each part.
struct CallPath {
    var dialect: Dialect
    var session: CallSession
    var scratch = ByteBuffer()
    /// Caller audio that comes before the relay, where the bot will have one.
    var relayBacklog: EarlyMedia?
    /// Whether the platform may await an answer to what was read or said last; audio awaits none.
    var mayOweReply = false

    /// A call whose socket was opened now.
    init(dialect: Dialect, session: CallSession, relayBacklog: EarlyMedia?) {
        self.dialect = dialect
        self.session = session
        self.relayBacklog = relayBacklog
    }

    /// When something of the session is due; mutating because it is asked after every message: others copy the session.
    var nextDeadline: CallInstant? {
        mutating get { session.nextDeadline }
    }

    /// The caller's audio that was taken so far, in nanoseconds; mutating for the same reason.
    var heardTime: Int64 {
        mutating get { session.heardTime }
    }

    /// Whether there is something to carry out or to send.
    var isBusy: Bool {
        mutating get { mayOweReply || !session.outputs.isEmpty }
    }
}

// In.
extension CallPath {
    /// Reads one text message; audio goes on to the session, anything else is returned.
    mutating func receive(text: Span<UInt8>, at now: CallInstant) throws(DialectError) -> CallEvent? {
        let event = try dialect.decode(text: text)
        guard case .media = event else { return event }
        Self.pass(event, of: &dialect, to: &session, keepingIn: &relayBacklog, at: now)
        return nil
    }

    /// Reads one binary message; audio goes on to the session, anything else is returned.
    mutating func receive(binary: Span<UInt8>, at now: CallInstant) throws(DialectError) -> CallEvent? {
        let event = try dialect.decode(binary: binary)
        guard case .media = event else { return event }
        Self.pass(event, of: &dialect, to: &session, keepingIn: &relayBacklog, at: now)
        return nil
    }

    /// The parts as arguments of their own, so that none is copied while another changes.
    private static func pass(
        _ event: CallEvent,
        of dialect: inout Dialect,
        to session: inout CallSession,
        keepingIn backlog: inout EarlyMedia?,
        at now: CallInstant
    ) {
        dialect.withMedia { media in
            session.receive(event, media: media, at: now)
            backlog?.append(media)
        }
    }
}

// Out.
extension CallPath {
    /// Sends the audio and publishes the readings that the session asks for, up to the first thing that is neither.
    ///
    /// - Returns: that thing, with `index` behind it; nil when nothing is left, and then all is forgotten.
    mutating func carryOut(
        from index: inout Int,
        to transport: (any CallTransport)?,
        _ inbox: CallInbox?
    ) -> CallSessionOutput? {
        while index < session.outputs.count {
            index += 1
            switch session.outputs[index - 1] {
            case .audio(let range):
                let kind = Self.encode(range, of: &session, by: &dialect, into: &scratch)
                Self.send(scratch, as: kind, to: transport)
            case .reading(let reading): inbox?.publish(reading)
            case let output: return output
            }
        }
        session.clearOutputs()
        return nil
    }

    /// Says a command in the platform's words.
    mutating func send(_ command: CallCommand, to transport: (any CallTransport)?) throws(DialectError) {
        scratch.clear()
        let kind = try dialect.encode(command, into: &scratch)
        Self.send(scratch, as: kind, to: transport)
        mayOweReply = true
    }

    /// Sends what the platform's protocol demands in answer to what was read or said last.
    mutating func sendReplies(to transport: (any CallTransport)?) {
        while mayOweReply {
            scratch.clear()
            let kind = dialect.takeReply(into: &scratch)
            mayOweReply = kind != .none
            Self.send(scratch, as: kind, to: transport)
        }
    }

    /// The parts as arguments of their own: the session's bytes are read where they lie.
    private static func encode(
        _ range: Range<Int>,
        of session: inout CallSession,
        by dialect: inout Dialect,
        into scratch: inout ByteBuffer
    ) -> OutboundFrame {
        scratch.clear()
        return dialect.encodeAudio(session.wireBytes.span.extracting(range), into: &scratch)
    }

    private static func send(_ message: ByteBuffer, as kind: OutboundFrame, to transport: (any CallTransport)?) {
        switch kind {
        case .text: transport?.send(text: message)
        case .binary: transport?.send(binary: message)
        case .none: break
        }
    }
}
