// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

/// The closing handshake as a table: inputs at times in seconds, and what each answers.
@Suite struct CloseMachineTests {
    enum Input: Sendable {
        case closeLocally(Int64)
        case receiveClose(Int64)
        case fail
        case transportClosed
        case time(Int64)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var role: WebSocketRole
        var inputs: [(Input, Bool)]
        var state: CloseMachine.State
        var code: CloseCode?
        var initiator: CloseStatus.Initiator?
    }

    static let rows: [Row] = [
        Row(testDescription: "nothing happens", role: .server, inputs: [(.time(1000), false)], state: .open),
        Row(
            testDescription: "the peer closes a server",
            role: .server,
            inputs: [(.receiveClose(1), true)],
            state: .closed,
            code: .goingAway,
            initiator: .peer
        ),
        Row(
            testDescription: "the peer closes a client, which leaves the socket to the server",
            role: .client,
            inputs: [(.receiveClose(1), true), (.time(5), false)],
            state: .awaitingTransportClose(deadline: at(6)),
            code: .goingAway,
            initiator: .peer
        ),
        Row(
            testDescription: "the server does not close the socket",
            role: .client,
            inputs: [(.receiveClose(1), true), (.time(6), true), (.time(7), false)],
            state: .closed,
            code: .goingAway,
            initiator: .peer
        ),
        Row(
            testDescription: "closing waits for the answer",
            role: .server,
            inputs: [(.closeLocally(1), true), (.time(5), false)],
            state: .closing(deadline: at(6)),
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "the answer comes in time",
            role: .server,
            inputs: [(.closeLocally(1), true), (.receiveClose(2), false)],
            state: .closed,
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "the answer comes to a client",
            role: .client,
            inputs: [(.closeLocally(1), true), (.receiveClose(2), false)],
            state: .awaitingTransportClose(deadline: at(7)),
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "the answer does not come",
            role: .server,
            inputs: [(.closeLocally(1), true), (.time(6), true)],
            state: .closed,
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "closing twice",
            role: .server,
            inputs: [(.closeLocally(1), true), (.closeLocally(3), false)],
            state: .closing(deadline: at(6)),
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "closing after the peer did",
            role: .server,
            inputs: [(.receiveClose(1), true), (.closeLocally(1), false), (.receiveClose(1), false)],
            state: .closed,
            code: .goingAway,
            initiator: .peer
        ),
        Row(
            testDescription: "a fault while open",
            role: .server,
            inputs: [(.fail, true), (.fail, false)],
            state: .closed,
            code: .protocolError,
            initiator: .local
        ),
        Row(
            testDescription: "a fault while closing sends no second close",
            role: .server,
            inputs: [(.closeLocally(1), true), (.fail, false)],
            state: .closed,
            code: .normal,
            initiator: .local
        ),
        Row(
            testDescription: "the transport goes first",
            role: .server,
            inputs: [(.transportClosed, false), (.closeLocally(1), false)],
            state: .closed,
            code: .abnormal,
            initiator: .transport
        ),
        Row(
            testDescription: "the transport goes after the handshake",
            role: .client,
            inputs: [(.receiveClose(1), true), (.transportClosed, false)],
            state: .closed,
            code: .goingAway,
            initiator: .peer
        ),
        Row(
            testDescription: "the transport goes while closing",
            role: .server,
            inputs: [(.closeLocally(1), true), (.transportClosed, false), (.time(9), false)],
            state: .closed,
            code: .normal,
            initiator: .local
        ),
    ]

    @Test(arguments: rows)
    func follows(row: Row) {
        var machine = CloseMachine(role: row.role, timeout: .seconds(5))
        for (input, expected) in row.inputs {
            #expect(Self.apply(input, to: &machine) == expected, "\(input)")
        }
        #expect(machine.state == row.state)
        #expect(machine.status?.code == row.code)
        #expect(machine.status?.initiator == row.initiator)
        #expect(machine.maySend == (row.state == .open))
    }

    private static func apply(_ input: Input, to machine: inout CloseMachine) -> Bool {
        switch input {
        case .closeLocally(let second): return machine.closeLocally(.normal, reason: "", now: at(second))
        case .receiveClose(let second): return machine.receiveClose(.goingAway, reason: "", now: at(second))
        case .fail: return machine.fail(.protocolError, reason: "")
        case .transportClosed:
            machine.transportClosed(reason: "")
            return false
        case .time(let second): return machine.handle(timeAt: at(second))
        }
    }

    private static func at(_ second: Int64) -> NIODeadline {
        .uptimeNanoseconds(0) + .seconds(second)
    }
}
