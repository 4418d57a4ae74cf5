// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A path of the public port on which a platform's plain HTTP requests are answered (an entry of `receivers`).
package struct ReceiverConfiguration: Sendable, Equatable {
    /// `path`: absolute, without query, unlike every other.
    ///
    /// No default.
    package var path: String
    /// `kind`: what answers there.
    ///
    /// No default.
    package var kind: String
    /// `options`, checked against the kind's ``PartSchema``, defaults filled in.
    package var options: BotOptions
    /// `authentication`: what a platform must show before its request is looked at.
    ///
    /// No default: it must be said. Credentials that are made for one upgrade (signatures of the URL, path tokens) are
    /// none of a receiver's.
    package var authentication: RouteAuthentication
    /// `deadline`: time for an answer, 100 ms to 60 s; then the platform is told 503.
    ///
    /// Default 5 s.
    package var deadline: Duration

    /// A receiver of parts that were checked elsewhere.
    package init(
        path: String,
        kind: String,
        options: BotOptions = BotOptions(),
        authentication: RouteAuthentication,
        deadline: Duration = .seconds(5)
    ) {
        self.path = path
        self.kind = kind
        self.options = options
        self.authentication = authentication
        self.deadline = deadline
    }
}
