// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import BridgeServer
import CallModel
import Logging
import OutboundHTTP
import PlatformAPIs

/// What receivers and call controls of one server share.
struct PlatformServices: Sendable {
    /// Where Exotel's calls go next, until its flow asks.
    let exotelTransfers = TransferStore()
    /// Where Plivo's calls go next, until the platform asks.
    let plivoTransfers = TransferStore()
    /// Messages that were sent through Digo, until their delivery is told.
    let digoMessages = DigoSentMessages()
    /// Where Plivo asks; nil when no receiver of the configuration answers.
    private(set) var plivoAnswerURL: String?
    /// Sends requests to platforms.
    let exchange: PlatformExchange
    /// Where what platforms tell of calls goes.
    let directory: CallDirectory
    /// Where they tell what they do.
    let logger: Logger

    /// Services of a server of this configuration.
    init(
        _ configuration: BridgeConfiguration = BridgeConfiguration(routes: []),
        exchange: PlatformExchange = PlatformExchange(client: URLSessionClient()),
        directory: CallDirectory = CallDirectory(),
        logger: Logger
    ) {
        self.exchange = exchange
        self.directory = directory
        plivoAnswerURL = configuration.url(ofReceiver: "plivo-transfer")
        self.logger = logger
    }

    /// The same services, with all that they know, of a configuration that was read anew.
    func serving(_ configuration: BridgeConfiguration) -> PlatformServices {
        var services = self
        services.plivoAnswerURL = configuration.url(ofReceiver: "plivo-transfer")
        return services
    }

    /// Carries requests, to platforms and to others.
    var client: any HTTPClient { exchange.client }

    /// Call control by a platform's requests.
    func control(_ requests: some CallControlRequests) -> any CallControl {
        RESTCallControl(requests, exchange: exchange, report: report)
    }

    /// Logs what an action came to.
    var report: @Sendable (CallControlReport) -> Void {
        { [logger] report in
            logger.info(
                "platform asked out of band",
                metadata: [
                    "call": "\(report.call)", "platform": "\(report.platform)", "action": "\(report.action)",
                    "outcome": "\(report.outcome.word)", "attempts": "\(report.attempts)",
                ]
            )
        }
    }
}

extension BridgeConfiguration {
    /// The public URL of the first receiver of a kind that a platform can be sent to with nothing but a URL.
    fileprivate func url(ofReceiver kind: String) -> String? {
        guard let publicURL = listen.publicURL else { return nil }
        for receiver in receivers where receiver.kind == kind {
            var query = ""
            let isReachable = receiver.authentication.credentials.allSatisfy { credential in
                switch credential {
                case .queryToken(let token):
                    query = "?token=" + URLEncodedForm.pathSegment(token.reveal())
                    return true
                case .addresses, .clientCertificate: return true
                default: return false
                }
            }
            // `wss` and `ws` become `https` and `http`.
            if isReachable { return "http" + publicURL.dropFirst(2) + receiver.path + query }
        }
        return nil
    }
}

extension PlatformServices {
    /// A configuration, and what its names stand for in this program.
    func parts(_ configuration: BridgeConfiguration) -> ServerParts {
        let services = serving(configuration)
        return ServerParts(
            configuration: configuration,
            bots: BuiltInBots.catalogue(BuiltInBots.Services(services), logger: logger),
            receivers: BuiltInReceivers.catalogue(services),
            callControls: BuiltInCallControls.catalogue(services)
        )
    }
}
