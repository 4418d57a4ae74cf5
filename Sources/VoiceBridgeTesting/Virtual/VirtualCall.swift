// SPDX-License-Identifier: Apache-2.0

/// A simulated platform and a server without sockets, in virtual time: the same call on every run.
///
/// Messages take ``latency`` each way. At one instant the platform acts first, then what has arrived is handed over,
/// then the server acts; this repeats until the instant has nothing left.
public struct VirtualCall<Server: VirtualServer> {
    /// The platform.
    public private(set) var platform: SimulatedPlatform
    /// The server.
    public var server: Server
    /// The time now, counted from the end of the opening handshake.
    public private(set) var now = Duration.zero
    /// How long a message is under way.
    public let latency: Duration
    private var toServer = VirtualLine<PlatformAction>()
    private var toPlatform = VirtualLine<VirtualServerOutput>()
    private var platformHears = true
    private var serverHears = true
    private var stepsInThisInstant = 0

    /// A call that has not begun.
    ///
    /// - Parameters:
    ///   - configuration: the platform's call; messages are under way for `latency` and no longer, so that its grace
    ///     for late ones becomes one round trip.
    ///   - server: the server's side.
    ///   - latency: how long a message is under way, each way.
    public init(_ configuration: SimulatedCallConfiguration, server: Server, latency: Duration = .zero) {
        var configuration = configuration
        configuration.inFlightGrace = latency * 2
        platform = SimulatedPlatform(configuration)
        self.server = server
        self.latency = latency
    }

    /// When something happens next; nil when nothing will.
    public var nextTime: Duration? {
        let times = [
            platform.nextDeadline, toServer.nextArrival, toPlatform.nextArrival,
            serverHears ? server.nextDeadline : nil,
        ]
        return times.compactMap { $0 }.min().map { max($0, now) }
    }

    /// Goes to the next instant at which something happens and lets it happen.
    ///
    /// - Returns: false when nothing will happen, or not before `limit`, or when the server is still not done with this
    ///   instant after 10,000 steps.
    @discardableResult
    public mutating func step(before limit: Duration? = nil) -> Bool {
        guard let time = nextTime, limit.map({ time < $0 }) ?? true else { return false }
        // A server whose deadline has passed and stays there would keep time from passing.
        stepsInThisInstant = time == now ? stepsInThisInstant + 1 : 0
        guard stepsInThisInstant < 10_000 else { return false }
        now = time
        platform.advance(to: now)
        takeActions()
        while let action = toServer.next(at: now) { deliver(action) }
        if serverHears { server.advance(to: now) }
        takeOutput()
        while let output = toPlatform.next(at: now) { deliver(output) }
        takeActions()
        return true
    }

    /// Runs the call to its end, or to `limit`.
    ///
    /// - Returns: what it came to.
    public mutating func run(until limit: Duration = .seconds(4 * 3_600)) -> SimulatedCallResult {
        while !platform.isOver, step(before: limit) {}
        return platform.result(at: now)
    }

    /// What the call has come to by now.
    public var result: SimulatedCallResult {
        var platform = platform
        return platform.result(at: now)
    }

    private mutating func takeActions() {
        while let action = platform.nextAction() {
            if action == .stopReading { platformHears = false } else { toServer.append(action, arrival: now + latency) }
        }
    }

    /// Outputs that the server made in answer are under way at once, so that an answer without latency is heard in the
    /// same instant.
    private mutating func takeOutput() {
        while let output = server.nextOutput() { toPlatform.append(output, arrival: now + latency) }
    }

    private mutating func deliver(_ action: PlatformAction) {
        guard serverHears else { return }
        switch action {
        case .text(let text): server.receive(text: text, at: now)
        case .binary(let bytes): server.receive(binary: bytes, at: now)
        case .close(let code, _):
            server.receiveClose(code: code, at: now)
            takeOutput()
            // The server's layer below answers a close frame by itself.
            toPlatform.append(.close(code: code, reason: ""), arrival: now + latency)
            serverHears = false
        case .halfClose, .disconnect:
            server.receiveClose(code: nil, at: now)
            takeOutput()
            toPlatform.append(.disconnect, arrival: now + latency)
            serverHears = false
        case .stopReading: break
        }
    }

    private mutating func deliver(_ output: VirtualServerOutput) {
        guard platformHears else { return }
        switch output {
        case .text(let bytes): platform.receive(text: bytes, at: now)
        case .binary(let bytes): platform.receive(binary: bytes, at: now)
        case .close(let code, let reason):
            platform.receiveClose(code: code, reason: reason, at: now)
            serverHears = false
        case .disconnect:
            platform.connectionEnded(nil, at: now)
            serverHears = false
        }
    }
}
