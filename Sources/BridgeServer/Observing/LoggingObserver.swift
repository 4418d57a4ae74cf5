// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Logging
import VoiceBridge

/// Writes a line or two per call to the log, with digits counted and never shown.
struct LoggingObserver: CallObserver {
    let logger: Logger

    /// The same for one tenant's calls: each line names the tenant.
    func of(tenant: String?) -> LoggingObserver {
        guard let tenant else { return self }
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant)"
        return LoggingObserver(logger: logger)
    }

    func callStarted(_ start: CallStart, route: String, bot: String) {
        logger.info(
            "call started",
            metadata: [
                "call": "\(start.callID)", "route": "\(route)", "bot": "\(bot)",
                "from": "\(MaskedNumber.text(start.from))",
                "to": "\(MaskedNumber.text(start.to))", "format": "\(start.format)",
                "made_up_id": "\(start.hasMadeUpID)",
            ]
        )
    }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        var metadata: Logger.Metadata = [
            "call": "\(id)", "route": "\(route)", "bot": "\(bot)", "ended_by": "\(summary.reason.side.rawValue)",
            "reason": "\(summary.reason.code)", "seconds": "\(summary.duration.wholeMilliseconds / 1_000)",
            "received": "\(summary.samplesReceived)", "sent": "\(summary.samplesSent)",
            "heard": "\(summary.samplesHeard)", "underruns": "\(summary.underruns)",
            "interruptions": "\(summary.interruptions)", "digits": "\(summary.digits)",
        ]
        if let detail = summary.reason.detail { metadata["detail"] = "\(detail)" }
        if let error = summary.botError { metadata["bot_error"] = "\(error)" }
        if let transfer = summary.transfer { metadata["transfer"] = "\(transfer.kind.rawValue)" }
        if summary.leavesCaller { metadata["caller"] = "left to the platform's flow" }
        if summary.falseInterruptions > 0 { metadata["false_interruptions"] = "\(summary.falseInterruptions)" }
        if summary.malformedMessages > 0 { metadata["malformed"] = "\(summary.malformedMessages)" }
        if summary.samplesDropped > 0 { metadata["dropped"] = "\(summary.samplesDropped)" }
        let level: Logger.Level = summary.reason.side == .error ? .warning : .info
        logger.log(level: level, "call ended", metadata: metadata)
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        let call: Logger.Metadata = ["call": "\(id)", "route": "\(route)"]
        switch note {
        case .malformedMessage(let text): logger.warning("\(text)", metadata: call)
        case .unknownMessage(let name): logger.notice("unknown message ignored: \(name)", metadata: call)
        case .marksAreSuspect:
            logger.notice("marks come back before their audio can have been played; using the clock", metadata: call)
        case .complaint(let text): logger.warning("the platform complains: \(text)", metadata: call)
        case .turnMeasured(let timings): logger.debug("turn answered: \(timings)", metadata: call)
        case .badAudio(let fault):
            // A caller may be mute, or shout; what the platform or the bot does wrong wants mending.
            let level: Logger.Level = fault.side == .caller ? .notice : .warning
            logger.log(level: level, "audio: \(fault)", metadata: call)
        case .platformDidNotEnd(let attempt):
            logger.notice("the platform did not end the call, attempt \(attempt)", metadata: call)
        case .botOverdue: logger.error("the bot did not return after the call's end", metadata: call)
        case .botFailed(let error): logger.error("the bot failed: \(error)", metadata: call)
        case .outOfBand(let outcome):
            logger.log(level: outcome.failure == nil ? .info : .warning, "out of band: \(outcome)", metadata: call)
        case .recordingBegan(let name): logger.info("recording \(name)", metadata: call)
        case .bot(let text): logger.info("\(text)", metadata: call)
        case .botTooFast: logger.error("the bot asks for more than the call takes; it is ended", metadata: call)
        case .botTooSlow: logger.error("the bot takes its events too slowly; the call is ended", metadata: call)
        }
    }

    func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {
        let metadata: Logger.Metadata = [
            "call": "\(id)", "route": "\(route)", "recording": "\(recording.name)",
            "milliseconds": "\(recording.duration.wholeMilliseconds)", "bytes": "\(recording.bytes)",
            "lost_bytes": "\(recording.lostBytes)",
        ]
        if recording.isComplete, recording.lostBytes == 0 {
            logger.info("recording complete", metadata: metadata)
        } else {
            logger.warning("recording with gaps: the disk was too slow or full", metadata: metadata)
        }
    }

    func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        var metadata: Logger.Metadata = [
            "call": "\(event.call)", "platform": "\(event.platform)", "event": "\(event.name)",
            "standing": "\(standing.rawValue)",
        ]
        if event.isOutOfOrder { metadata["out_of_order"] = "true" }
        logger.info("the platform tells of a call", metadata: metadata)
    }

    func refused(_ reason: String, route: String?, source: String, detail: String?) {
        var metadata: Logger.Metadata = ["reason": "\(reason)", "route": "\(route ?? "-")", "source": "\(source)"]
        if let detail { metadata["detail"] = "\(detail)" }
        logger.notice("refused", metadata: metadata)
    }
}
