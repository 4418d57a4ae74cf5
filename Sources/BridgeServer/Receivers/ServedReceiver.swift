// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel

/// What answers plain HTTP on a path of the public port.
struct ServedReceiver: Sendable {
    /// Requests that one receiver may have at a time; one more is refused with 503.
    static let maximumRequests = 256

    let authenticator: Authenticator
    let receiver: any HTTPReceiver
    /// Time for an answer.
    let deadline: Duration
    /// Its requests under way.
    let load = RequestLoad()

    /// A receiver behind what a request must show.
    init(authenticator: Authenticator, receiver: any HTTPReceiver, deadline: Duration = .seconds(5)) {
        self.authenticator = authenticator
        self.receiver = receiver
        self.deadline = deadline
    }

    /// A receiver of a checked configuration; `kept` is one of the same configuration that goes on.
    init(
        _ configuration: ReceiverConfiguration,
        listen: ListenConfiguration,
        kinds: ReceiverCatalogue,
        keeping kept: (any HTTPReceiver)? = nil
    ) throws {
        self.init(
            authenticator: Authenticator(
                configuration.authentication,
                path: configuration.path,
                publicURL: listen.publicURL,
                trustedProxies: listen.trustedProxies
            ),
            receiver: try kept ?? kinds.make(configuration.kind, configuration.options),
            deadline: configuration.deadline
        )
    }
}
