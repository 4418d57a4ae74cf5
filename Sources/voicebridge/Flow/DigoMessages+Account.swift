// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import PlatformAPIs

extension DigoMessages {
    /// Messages in the name of an account of a bot's options.
    init(_ account: MessageAccount, _ platforms: PlatformServices) {
        var settings = DigoMessages.Settings(from: account.from)
        settings.report = account.reportURL.map { .init(url: $0) }
        settings.numbering = account.country
        self.init(
            DigoMessageRequests(
                token: account.token,
                serviceToken: account.serviceToken,
                base: account.url ?? DigoMessageRequests.base
            ),
            // The step's own deadline comes first, unless it is longer than this.
            exchange: PlatformExchange(client: platforms.client, deadline: .seconds(30)),
            settings: settings,
            sent: platforms.digoMessages
        )
    }
}
