// SPDX-License-Identifier: Apache-2.0

/// One configuration file, checked: where to listen, what to allow, and which bot answers on which path.
///
/// A value of this type has passed every check that needs no socket: ranges, names, addresses, secrets, and the
/// rules that join two settings (no open route on a public address, no key without its certificate). What is not in
/// the file has its default, so a reader never asks "and if it is absent?".
package struct BridgeConfiguration: Sendable, Equatable {
    /// Where platforms connect.
    package var listen: ListenConfiguration
    /// Where probes and operators connect.
    package var admin: AdminConfiguration
    /// Bounds of the whole process.
    package var limits: ServerLimits
    /// What becomes of live calls when the server stops.
    package var drain: DrainConfiguration
    /// What is logged and how it looks.
    package var logging: LoggingConfiguration
    /// Whether and where calls are recorded.
    package var records: RecordsConfiguration
    /// Those who share the server; none by default.
    package var tenants: [TenantConfiguration]
    /// Who is told what happens to calls.
    package var webhooks: WebhooksConfiguration
    /// What is told beside the log.
    package var observability: ObservabilityConfiguration
    /// Where calls' audio is recorded, and for how long it stays there.
    package var recording: RecordingConfiguration
    /// The paths on which calls are answered; at least one, each path once.
    package var routes: [RouteConfiguration]
    /// The paths on which plain HTTP requests are answered; none by default.
    package var receivers: [ReceiverConfiguration]

    /// A configuration of parts that were checked elsewhere.
    ///
    /// ``load(yaml:file:bots:dialects:receivers:callControls:environment:overrides:readFile:)`` checks them.
    package init(
        listen: ListenConfiguration = ListenConfiguration(),
        admin: AdminConfiguration = AdminConfiguration(),
        limits: ServerLimits = ServerLimits(),
        drain: DrainConfiguration = DrainConfiguration(),
        logging: LoggingConfiguration = LoggingConfiguration(),
        records: RecordsConfiguration = RecordsConfiguration(),
        tenants: [TenantConfiguration] = [],
        webhooks: WebhooksConfiguration = WebhooksConfiguration(),
        observability: ObservabilityConfiguration = ObservabilityConfiguration(),
        recording: RecordingConfiguration = RecordingConfiguration(),
        routes: [RouteConfiguration],
        receivers: [ReceiverConfiguration] = []
    ) {
        self.listen = listen
        self.admin = admin
        self.limits = limits
        self.drain = drain
        self.logging = logging
        self.records = records
        self.tenants = tenants
        self.webhooks = webhooks
        self.observability = observability
        self.recording = recording
        self.routes = routes
        self.receivers = receivers
    }
}
