// SPDX-License-Identifier: Apache-2.0

/// What the server tells of itself beside its log (`observability`).
package struct ObservabilityConfiguration: Sendable, Equatable {
    /// `metrics`: whether figures are kept for `/metrics`.
    ///
    /// Default true.
    package var keepsMetrics = true
    /// `route_labels`: whether figures of calls are told apart by route and bot.
    ///
    /// Default true. A server of hundreds of routes has as many series of each figure.
    package var labelsRoutes = true
    /// `traces`: where traces of calls go, or `off` (nil).
    ///
    /// Default `off`.
    package var traces: TracesConfiguration?

    /// What is told by default.
    package init() {}
}
