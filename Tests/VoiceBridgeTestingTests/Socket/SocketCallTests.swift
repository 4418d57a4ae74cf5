// SPDX-License-Identifier: Apache-2.0
import Testing
import TransportSecurity
import VoiceBridgeTesting

/// Calls over real sockets: content and order, never times.
@Suite struct SocketCallTests {
    private static let said = (0..<1_600).map { Int16(truncatingIfNeeded: $0 &* 7_919) | 1 }

    /// A short call that says something to an echo.
    private func spoken(_ change: (inout SimulatedCallConfiguration) -> Void = { _ in }) -> SimulatedCallConfiguration {
        call(1_200) {
            $0.callerAudio = Self.said
            $0.playoutDelay = .milliseconds(40)
            change(&$0)
        }
    }

    @Test func `an echo comes back over a plain socket`() async throws {
        let server = try await SocketStandIn { StandIn(echoes: true) }
        let result = try await SimulatedCall.run(url: "ws://127.0.0.1:\(server.port)/v1/ivr-solutions", spoken())
        #expect(result.framesSent == 60)
        #expect(result.violations == [])
        #expect(result.endedBy == .caller)
        #expect(result.endReason == "callended")
        #expect(result.closeCode == 1000)
        #expect(result.endedAsTold)
        #expect(result.heard.filter { $0 != 0 } == Self.said)
        try await server.stop()
    }

    @Test func `an echo comes back over TLS`() async throws {
        let made = try SelfSignedCertificate.make()
        let context = try TLSContext(made.serverConfiguration)
        let server = try await SocketStandIn(tls: context) { StandIn(echoes: true) }
        let url = "wss://127.0.0.1:\(server.port)/v1/ivr-solutions"
        await #expect(throws: SimulatedCallError.self) { try await SimulatedCall.run(url: url, spoken()) }
        var connection = SimulatedConnection()
        connection.verifiesServer = false
        let result = try await SimulatedCall.run(url: url, spoken(), connection: connection)
        #expect(result.endedAsTold)
        #expect(result.heard.filter { $0 != 0 } == Self.said)
        try await server.stop()
    }

    @Test func `the first media may come with the end of the handshake`() async throws {
        let server = try await SocketStandIn { StandIn(echoes: true) }
        let result = try await SimulatedCall.run(
            url: "ws://127.0.0.1:\(server.port)/",
            spoken { $0.startsEagerly = true }
        )
        #expect(result.endedAsTold)
        #expect(result.heard.filter { $0 != 0 } == Self.said)
        try await server.stop()
    }

    @Test func `a hang-up and a violation end the call`() async throws {
        let hangingUp = try await SocketStandIn { StandIn([(100, .text(#"{"type":"session.hangup"}"#))]) }
        let hungUp = try await SimulatedCall.run(url: "ws://127.0.0.1:\(hangingUp.port)/", call(5_000))
        #expect(hungUp.endedBy == .bot)
        #expect(hungUp.endReason == "hangup")
        #expect(hungUp.endedAsTold)
        try await hangingUp.stop()

        let breaking = try await SocketStandIn { StandIn([(100, .text(#"{"type":"audio.flush"}"#))]) }
        let broken = try await SimulatedCall.run(url: "ws://127.0.0.1:\(breaking.port)/", call(5_000))
        #expect(broken.violations.map(\.rule) == [.unknownMessage])
        #expect(broken.endedBy == .error)
        #expect(broken.closeCode == 1002)
        try await breaking.stop()
    }

    @Test(arguments: [PlatformFault.closeWithoutStop, .halfClose, .vanish, .deaf])
    func `faults of the transport end as planned`(fault: PlatformFault) async throws {
        let server = try await SocketStandIn { StandIn(echoes: true) }
        let result = try await SimulatedCall.run(
            url: "ws://127.0.0.1:\(server.port)/",
            spoken {
                $0.fault = fault
                $0.faultTime = .milliseconds(200)
            }
        )
        #expect(result.endedBy == .caller)
        #expect(result.endedAsTold)
        try await server.stop()
    }

    @Test func `a cancelled call is a caller who hangs up`() async throws {
        let server = try await SocketStandIn { StandIn() }
        let started = AsyncStream<Void>.makeStream()
        let task = Task {
            try await SimulatedCall.run(url: "ws://127.0.0.1:\(server.port)/", call(60_000)) { progress in
                if progress.framesSent > 0 { started.continuation.yield() }
            }
        }
        for await _ in started.stream { break }
        task.cancel()
        let result = try await task.value
        #expect(result.endedBy == .caller)
        #expect(result.endedAsTold)
        #expect(result.closeCode == 1000)
        try await server.stop()
    }

    @Test(arguments: [
        ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Int?.some(401)),
        ("HTTP/1.1 200 OK\r\n\r\nhello", 200), ("SSH-2.0-x\r\n\r\n", nil), ("", nil),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 101),
    ])
    func `an opening that fails is told`(answer: String, status: Int?) async throws {
        let server = try await SocketStandIn(answer: answer) { StandIn() }
        let error = await #expect(throws: SimulatedCallError.self) {
            try await SimulatedCall.run(url: "ws://127.0.0.1:\(server.port)/", call(1_000))
        }
        #expect(error?.status == status)
        #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
        try await server.stop()
    }

    @Test func `nobody listens`() async throws {
        let server = try await SocketStandIn { StandIn() }
        try await server.stop()
        let error = await #expect(throws: SimulatedCallError.self) {
            try await SimulatedCall.run(url: "ws://127.0.0.1:\(server.port)/", call(1_000))
        }
        #expect(
            error?.description
                == "cannot connect to 127.0.0.1:\(server.port): refused; is the server listening there?"
        )
    }
}
