// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import BridgeServer
import CallModel
import Digests
import HTTPTypes

/// Decides by the head of a request who may see and act.
struct AdminGate: Sendable {
    private let token: Secret?
    private let isOpenForFigures: Bool

    /// A gate of a configuration.
    init(_ configuration: AdminConfiguration) {
        token = configuration.token
        isOpenForFigures = configuration.token == nil || configuration.metrics == .open
    }

    /// Why a request is refused; nil when it is not.
    func refusal(of head: ReceivedHTTPRequest) -> AdminFault? {
        if isOpenForFigures, AdminOperation.allCases.contains(where: { $0.onlyCounts && $0.path == head.path }) {
            return nil
        }
        guard let token else {
            let message = "nobody can see calls or act on them here: set admin.token in the server's configuration"
            return AdminFault(.forbidden, "no_token_configured", message)
        }
        let given = head.headers.filter { $0.name.lowercased() == "authorization" }.map(\.value)
        guard let first = given.first else {
            return AdminFault(.unauthorized, "unauthenticated", "give Authorization: Bearer and the admin token")
        }
        let scheme = "bearer "
        guard given.count == 1, first.prefix(scheme.count).lowercased() == scheme,
            ConstantTime.equal(Array(first.dropFirst(scheme.count).utf8), Array(token.reveal().utf8))
        else { return AdminFault(.forbidden, "wrong_token", "the admin token is another one") }
        return nil
    }
}
