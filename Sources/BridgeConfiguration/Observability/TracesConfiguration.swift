// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// Where traces of calls go (`observability.traces`).
package struct TracesConfiguration: Sendable, Equatable {
    /// The path to which spans are posted, behind that of the collector (OTLP 1.x, OTLP/HTTP Request).
    private static let path = "/v1/traces"

    /// `endpoint`: the URL of a collector that speaks OTLP over HTTP; `https`, or `http` to loopback or with `plain`.
    ///
    /// `/v1/traces` is added where it does not end so. No default. Nothing secret belongs into it: it is printed.
    package var endpoint: String
    /// `headers`: header fields that the collector asks for.
    ///
    /// Default none.
    package var headers: [String: Secret]
    /// `sample`: the share of the calls that are traced, 0…1; where the upgrade's `traceparent` says whether, it holds.
    ///
    /// Default 1.
    package var sample: Double
    /// `service_name`: what the server is called in traces (`service.name`).
    ///
    /// Default `voicebridge`.
    package var serviceName: String
    /// `plain`: whether `http` may go over a network.
    ///
    /// Default false.
    package var isPlainAllowed: Bool

    /// Traces that go to a collector.
    package init(
        endpoint: String,
        headers: [String: Secret] = [:],
        sample: Double = 1,
        serviceName: String = "voicebridge",
        isPlainAllowed: Bool = false
    ) {
        self.endpoint = endpoint
        self.headers = headers
        self.sample = sample
        self.serviceName = serviceName
        self.isPlainAllowed = isPlainAllowed
    }

    /// The URL to which spans are posted.
    package var url: String {
        guard !endpoint.hasSuffix(Self.path) else { return endpoint }
        return (endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint) + Self.path
    }
}
