// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// Where events are sent (an entry of `webhooks.endpoints`).
package struct WebhookEndpoint: Sendable, Equatable {
    /// The hash function of signatures.
    package enum Algorithm: String, Sendable, CaseIterable {
        /// HMAC with SHA-256.
        case sha256
        /// HMAC with SHA-512.
        case sha512
    }

    /// `name`: letters, digits, `-`, `_` and `.`, at most 64; each once.
    ///
    /// What waits for an endpoint is kept under its name, so that its URL may change. No default.
    package var name: String
    /// `url`: where events go by POST; `https`, or `http` to loopback or with `plain`.
    ///
    /// No default. Nothing secret belongs into it: it is printed.
    package var url: String
    /// `events`: what it is told of.
    ///
    /// Default everything.
    package var events: Set<WebhookEventType>
    /// `secret`: the key of the signature.
    ///
    /// No default.
    package var secret: Secret
    /// `algorithm`: the signature's hash function.
    ///
    /// Default `sha256`.
    package var algorithm: Algorithm
    /// `timeout`: time for an answer, 100 ms to 60 s.
    ///
    /// Default 10 s.
    package var timeout: Duration
    /// `maximum_age`: how long an event is tried again, 1 min to 7 days; then it becomes a dead letter.
    ///
    /// Default 24 h.
    package var maximumAge: Duration
    /// `plain`: whether `http` may go over a network.
    ///
    /// Default false.
    package var isPlainAllowed: Bool

    /// An endpoint of parts that were checked elsewhere.
    package init(
        name: String,
        url: String,
        events: Set<WebhookEventType> = Set(WebhookEventType.allCases),
        secret: Secret,
        algorithm: Algorithm = .sha256,
        timeout: Duration = .seconds(10),
        maximumAge: Duration = .seconds(86_400),
        isPlainAllowed: Bool = false
    ) {
        self.name = name
        self.url = url
        self.events = events
        self.secret = secret
        self.algorithm = algorithm
        self.timeout = timeout
        self.maximumAge = maximumAge
        self.isPlainAllowed = isPlainAllowed
    }
}
