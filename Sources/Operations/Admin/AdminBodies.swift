// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import CallSession
import VoiceBridge

/// `GET /v1/server`.
struct ServerBody: Codable, Equatable {
    var state: String
    var calls: Int
    var callsLimit: Int
    var connections: Int
}

/// `GET` and `PUT /v1/log-level`.
struct LogLevelBody: Codable, Equatable {
    var level: String
}

/// A call in a list; numbers are masked as in the log.
struct CallBody: Codable, Equatable {
    var number: UInt64
    var id: String
    var platform: String
    var route: String
    var bot: String
    var from: String
    var to: String
    var direction: String?
    var format: String
    /// When it began, in seconds since 1970.
    var began: Int

    init(_ call: LiveCall) {
        number = call.number
        id = "\(call.start.callID)"
        platform = call.start.platform
        route = call.route
        bot = call.bot
        from = MaskedNumber.text(call.start.from)
        to = MaskedNumber.text(call.start.to)
        direction = call.start.direction?.rawValue
        format = "\(call.start.format)"
        began = call.began
    }
}

/// `GET /v1/calls`.
struct CallListBody: Codable, Equatable {
    var calls: [CallBody]
    /// All that are up, those of other pages too.
    var total: Int
    /// What to give as `after` for the next page.
    var next: UInt64?
}

/// `GET /v1/calls/{id}`: the call and how it stands.
struct CallDetailBody: Codable, Equatable {
    var call: CallBody
    var leaving: Bool
    var durationMs: Int64
    var receivedMs: Int64
    var sentMs: Int64
    var heardMs: Int64
    var queuedMs: Int64
    var underruns: Int
    var interruptions: Int
    var digits: Int
    var malformedMessages: Int

    init(_ call: LiveCall, _ snapshot: CallSnapshot) {
        func milliseconds(_ samples: Int64, _ rate: Int) -> Int64 { samples * 1_000 / Int64(max(1, rate)) }
        self.call = CallBody(call)
        leaving = snapshot.isLeaving
        durationMs = snapshot.duration.wholeMilliseconds
        receivedMs = milliseconds(snapshot.samplesReceived, call.start.format.sampleRate)
        sentMs = milliseconds(snapshot.samplesSent, snapshot.wireRate)
        heardMs = milliseconds(snapshot.samplesHeard, snapshot.wireRate)
        queuedMs = snapshot.queued.wholeMilliseconds
        underruns = snapshot.underruns
        interruptions = snapshot.interruptions
        digits = snapshot.digits
        malformedMessages = snapshot.malformedMessages
    }
}

/// What became of something that was asked of a call.
struct OutcomeBody: Codable, Equatable {
    /// `ended`, `under_way`, `transferred`, `queued`, `finished`, `interrupted`, `flushed` or `nothing`.
    var outcome: String
    var endedBy: String?
    var reason: String?
    /// How much of a prompt was heard before it was interrupted.
    var heardMs: Int64?
    /// Whether what was sent already can be taken back on this platform.
    var clears: Bool?
}

/// Why something was not done.
struct FaultBody: Codable, Equatable {
    var error: String
    var message: String
}

/// `POST …/hang-up`.
struct HangUpBody: Codable, Equatable {
    var reason: String?
    /// Ends the stream also where that leaves the caller to the platform.
    var endStream: Bool?
}

/// `POST …/transfer`: one of these.
struct TransferBody: Codable, Equatable {
    var phone: String?
    var phones: [String]?
    /// `simultaneous` or `sequential`, beside `phones`.
    var strategy: String?
    var `extension`: String?
    var flow: String?
    var bot: String?
    var sip: String?
}

/// `POST …/play` of a file of the server's, or of a text.
struct PlayBody: Codable, Equatable {
    var file: String?
    var text: String?
    /// The text's language, such as `en-IN`.
    var language: String?
}
