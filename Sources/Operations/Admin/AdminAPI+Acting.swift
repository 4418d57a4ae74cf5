// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import CallModel
import HTTPTypes
import Hummingbird
import Logging
import VoiceBridge

// Acting on calls.
extension AdminAPI {
    /// How long the end of a call is waited for, and the answer of a platform.
    static let actingPatience: Duration = .seconds(8)
    /// How long the end of a prompt is waited for, where that is asked for.
    static let playingPatience: Duration = .seconds(30)

    func hangUp(_ request: Request, _ context: AdminContext) async throws -> Response {
        let asked = try await Self.body(request, HangUpBody.self, keys: ["reason", "end_stream"])
        let action = OperatorAction.hangUp(reason: asked.reason, endsStreamOnly: asked.endStream ?? false)
        return try await act(action, "hang-up", request, context, within: Self.actingPatience)
    }

    func transfer(_ request: Request, _ context: AdminContext) async throws -> Response {
        let keys: Set<String> = ["phone", "phones", "strategy", "extension", "flow", "bot", "sip"]
        let target = try await Self.body(request, TransferBody.self, keys: keys).target
        return try await act(.transfer(target), "transfer", request, context, within: Self.actingPatience)
    }

    func play(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = request.uri.queryParameters
        let waits = query["wait"] == "true"
        let policy = query["interruptible"] == "true" ? InterruptionPolicy.allowed : .protected
        // Nothing is said for a call that is not there.
        _ = try call(request, context)
        let prompt = try await prompt(of: request)
        let limit = waits ? Self.playingPatience : Self.patience
        return try await act(.play(prompt, policy, waits: waits), "play", request, context, within: limit)
    }

    func flush(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await act(.flush, "flush", request, context, within: Self.patience)
    }

    private func prompt(of request: Request) async throws -> Prompt {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        switch type {
        case "application/json":
            let asked = try await Self.body(request, PlayBody.self, keys: ["file", "text", "language"])
            switch (asked.file, asked.text) {
            case (let file?, nil) where asked.language == nil: return try prompts.prompt(file)
            case (nil, let text?): return try await spoken(text, language: asked.language)
            default:
                let message = "give either file, or text, which may have a language beside it"
                throw AdminFault(.badRequest, "bad_body", message)
            }
        case "text/plain":
            let buffer = try await request.body.collect(upTo: AdminOperation.play.maximumBody)
            guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
                throw AdminFault(.badRequest, "bad_body", "the text is no UTF-8")
            }
            return try await spoken(text, language: nil)
        case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave":
            let buffer = try await request.body.collect(upTo: AdminOperation.play.maximumBody)
            return try PromptFolder.prompt(wav: Array(buffer.readableBytesView))
        default:
            let message = "send a WAV file as audio/wav, or {\"file\": NAME} or {\"text\": WORDS} as application/json"
            throw AdminFault(.unsupportedMediaType, "unsupported_type", message)
        }
    }

    private func act(
        _ action: OperatorAction,
        _ name: String,
        _ request: Request,
        _ context: AdminContext,
        within limit: Duration
    ) async throws -> Response {
        let call = try call(request, context)
        let outcome = await server.operate(action, on: call.number, within: limit)
        logger.notice(
            "an operator acts on a call",
            metadata: ["call": "\(call.start.callID)", "action": "\(name)", "outcome": "\(outcome.word)"]
        )
        if let fault = outcome.fault { throw fault }
        return try Self.json(outcome == .underWay ? .accepted : .ok, outcome.body(of: action))
    }
}

extension OperatorOutcome {
    /// A word of a small set.
    fileprivate var word: String {
        switch self {
        case .gone: "gone"
        case .notTaken: "not_taken"
        case .underWay: "under_way"
        case .ended: "ended"
        case .transferred: "transferred"
        case .played(.finished): "finished"
        case .played(.interrupted): "interrupted"
        case .flushed(let isCut, _): isCut ? "flushed" : "nothing"
        case .refused(let error): error.shortDescription
        }
    }

    /// What it is where it was not done.
    fileprivate var fault: AdminFault? {
        switch self {
        case .gone: .unknownCall
        case .notTaken: .late
        case .refused(let error): AdminFault(error)
        case .underWay, .ended, .transferred, .played, .flushed: nil
        }
    }

    fileprivate func body(of action: OperatorAction) -> OutcomeBody {
        var body = OutcomeBody(outcome: word)
        switch self {
        case .ended(let reason):
            body.endedBy = reason.side.rawValue
            body.reason = reason.code
        case .played(.interrupted(let time)): body.heardMs = time.wholeMilliseconds
        case .flushed(_, let clears): body.clears = clears
        case .underWay:
            if case .play = action { body.outcome = "queued" }
        case .gone, .notTaken, .transferred, .played(.finished), .refused: break
        }
        return body
    }
}

extension TransferBody {
    /// The one target that is named.
    fileprivate var target: TransferTarget {
        get throws {
            let strategy = TransferTarget.RingStrategy(rawValue: strategy ?? "simultaneous")
            var targets: [TransferTarget] = []
            if let phone { targets.append(.phone(phone)) }
            if let phones, let strategy { targets.append(.phones(phones, strategy: strategy)) }
            if let `extension` { targets.append(.extension(`extension`)) }
            if let flow { targets.append(.flow(flow)) }
            if let bot { targets.append(.bot(url: bot)) }
            if let sip { targets.append(.sip(uri: sip)) }
            guard targets.count == 1, let target = targets.first else {
                let message =
                    "give one of phone, phones (with strategy simultaneous or sequential), extension, flow, bot and sip"
                throw AdminFault(.badRequest, "bad_target", message)
            }
            return target
        }
    }
}
