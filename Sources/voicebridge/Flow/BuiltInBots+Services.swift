// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import ConfigurationReading
import Logging
import OfflineSpeech
import PlatformAPIs
import VoiceBridge

extension BuiltInBots.Services {
    /// The services of a server, whose bots report to its log.
    init(_ platforms: PlatformServices) {
        self.init(
            synthesizer: Self.synthesizer,
            requests: platforms.client,
            messages: { DigoMessages($0, platforms) },
            reportFlow: Self.report(to: platforms.logger)
        )
    }

    /// What takes a flow's reports to a log.
    static func report(to logger: Logger) -> @Sendable (FlowReport) -> Void {
        { report in
            switch report {
            case .notice(let message): logger.notice("\(message)")
            case .warning(let message): logger.warning("\(message)")
            case .refused(let message, let faults):
                logger.error("\(message)", metadata: ["faults": "\(faults)"])
            case .failed(let message, let call): logger.warning("\(message)", metadata: ["call": "\(call)"])
            case .step(let message, let call): logger.debug("flow \(message)", metadata: ["call": "\(call)"])
            }
        }
    }

    /// What says texts of flows and operators; nil in a build without the trait OfflineSpeech.
    static var synthesizer: (any SpeechSynthesizer)? {
        #if OfflineSpeech
        try? FliteSynthesizer(voice: "slt")
        #else
        nil
        #endif
    }
}
