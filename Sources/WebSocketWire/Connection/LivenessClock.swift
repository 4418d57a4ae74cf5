// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// When to ping, and when to give the peer up.
///
/// Any byte from the peer is a sign of life. The answer to a ping is waited for from the moment the ping *left*, so
/// that a peer is not given up because this side's writes were held up; a ping that does not leave within the whole
/// timeout is as good as unanswered.
package struct LivenessClock: Sendable, Equatable {
    /// What is due.
    package enum Due: Sendable, Equatable {
        case ping
        case peerSilent
    }

    private let interval: TimeAmount
    private let timeout: TimeAmount
    private var lastHeard: NIODeadline
    private var nextPing: NIODeadline
    private var pingQueued: NIODeadline?
    private var pingLeft: NIODeadline?

    /// Starts at the upgrade.
    ///
    /// - Parameters:
    ///   - interval: From ping to ping.
    ///   - timeout: The longest silence; longer than `interval`, else the difference is taken as nothing.
    ///   - now: The time of the upgrade.
    package init(interval: TimeAmount, timeout: TimeAmount, now: NIODeadline) {
        self.interval = interval
        self.timeout = timeout
        lastHeard = now
        nextPing = now + interval
    }

    /// Bytes came from the peer.
    package mutating func heard(at now: NIODeadline) {
        lastHeard = now
        pingQueued = nil
        pingLeft = nil
    }

    /// The write that carried the ping has completed.
    package mutating func pingDidLeave(at now: NIODeadline) {
        guard pingQueued != nil, pingLeft == nil else { return }
        pingLeft = now
    }

    /// When ``handle(timeAt:)`` is due.
    package var deadline: NIODeadline {
        silenceDeadline.map { min($0, nextPing) } ?? nextPing
    }

    /// What is due at `now`, if anything.
    ///
    /// Call again until `nil`.
    package mutating func handle(timeAt now: NIODeadline) -> Due? {
        if let silenceDeadline, now >= silenceDeadline {
            return .peerSilent
        }
        guard now >= nextPing else { return nil }
        nextPing = now + interval
        if pingQueued == nil {
            pingQueued = now
        }
        return .ping
    }

    /// `nil` while no ping waits for an answer.
    private var silenceDeadline: NIODeadline? {
        guard let pingQueued else { return nil }
        guard let pingLeft else { return pingQueued + timeout }
        return max(lastHeard + timeout, pingLeft + max(timeout - interval, .zero))
    }
}
