// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// How calls of a route are ended and transferred out of band, where the wire has no message for it (`call_control`).
package struct CallControlConfiguration: Sendable, Equatable {
    /// `platform`: whose requests are sent.
    ///
    /// Default: the platform of the route's dialect.
    package var platform: String
    /// What stands beside it, checked against the platform's ``PartSchema``, defaults filled in.
    package var options: BotOptions

    /// A call control of parts that were checked elsewhere.
    package init(platform: String, options: BotOptions = BotOptions()) {
        self.platform = platform
        self.options = options
    }
}
