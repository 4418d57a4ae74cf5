// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

/// Pings and the peer's silence in virtual time.
///
/// The text of a row: `20 ping` is what comes at 20 s.
@Suite struct LivenessTests {
    enum Input: Sendable {
        /// The ping's write completes.
        case left(Int64)
        /// A frame comes in.
        case heard(Int64)
    }

    @Test(
        arguments: [
            // A quiet peer: pinged once, given up 30 s after the last sign of life.
            ([.left(20)], ["20 ping", "30 silent"]),
            // It answers each ping.
            ([.left(20), .heard(21), .left(40), .heard(41)], ["20 ping", "40 ping", "60 ping"]),
            // Media counts as life as much as a pong, and pings go on.
            (
                [.heard(10), .left(20), .heard(25), .heard(35), .left(40), .heard(45)],
                ["20 ping", "40 ping", "60 ping"]
            ),
            // This side's write is held up: the answer is waited for from when the ping left.
            ([.left(28)], ["20 ping", "38 silent"]),
            // A ping that never leaves is a dead peer too, if later.
            ([], ["20 ping", "40 ping", "50 silent"]),
            // The last sign of life counts, not the ping.
            ([.heard(19), .left(20)], ["20 ping", "40 ping", "49 silent"]),
        ] as [([Input], [String])]
    )
    func follows(inputs: [Input], expected: [String]) throws {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .client),
            now: .uptimeNanoseconds(0)
        )
        var story: [String] = []
        for second in Int64(0)...60 {
            let now = NIODeadline.uptimeNanoseconds(0) + .seconds(second)
            for input in inputs {
                switch input {
                case .left(second): connection.pingDidLeave(at: now)
                case .heard(second):
                    connection.receive(bytes("8a 00").span)
                    while try connection.next(at: now) != nil {}
                default: continue
                }
            }
            let isDue = connection.nextDeadline.map { $0 <= now } ?? false
            let event = connection.handle(timeAt: now)
            #expect((event != nil) == isDue)
            switch event {
            case .pingQueued:
                story.append("\(second) ping")
                #expect(connection.takeOutbound().readableBytes == 6)
                if inputs.contains(where: { if case .left(second) = $0 { true } else { false } }) {
                    connection.pingDidLeave(at: now)
                }
            case .peerSilent: story.append("\(second) silent")
            case .closeTimedOut: story.append("\(second) timed out")
            case nil: continue
            }
        }
        #expect(story == expected)
    }

    @Test func withoutPingsNothingIsDue() {
        let connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server, pingInterval: nil),
            now: .uptimeNanoseconds(0)
        )
        #expect(connection.nextDeadline == nil)
    }

    @Test func closingTimesOut() {
        var connection = WebSocketConnection(
            configuration: WebSocketConfiguration(role: .server),
            now: .uptimeNanoseconds(0)
        )
        connection.close(.normal, at: .uptimeNanoseconds(0))
        #expect(connection.nextDeadline == .uptimeNanoseconds(5_000_000_000))
        let early = connection.handle(timeAt: .uptimeNanoseconds(4_999_999_999))
        let due = connection.handle(timeAt: .uptimeNanoseconds(5_000_000_000))
        #expect(early == nil && due == .closeTimedOut)
        let isClosed = connection.isClosed
        #expect(isClosed && connection.nextDeadline == nil)
    }
}
