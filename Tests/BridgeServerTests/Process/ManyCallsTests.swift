// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import TransportSecurity

/// Calls leave nothing behind: a thousand of them, one after the other, in a process of their own.
@Suite struct ManyCallsTests {
    /// What 1,000 calls may add to the memory of a process that has carried 200: the C library keeps pages of its own.
    static let maximumGrowth = 2_048

    struct Case: Sendable {
        var bot: String
        var isEncrypted = false
        var lanes = 1
        var calls = ManyCallsTests.calls
    }

    /// 1,000, or what `VOICEBRIDGE_TEST_CALLS` says, for a run of hours.
    static let calls = ProcessInfo.processInfo.environment["VOICEBRIDGE_TEST_CALLS"].flatMap { Int($0) } ?? 1_000

    /// One after the other; a bot in a task, which takes 60 ms to begin to speak, eight at a time; and encrypted.
    static let cases = [
        Case(bot: "echo"), Case(bot: "echo-task", lanes: 8),
        Case(bot: "echo", isEncrypted: true, lanes: 4, calls: calls * 2 / 5),
    ]

    @Test(arguments: cases)
    func `A thousand calls leave descriptors, threads and memory where they were`(wanted: Case) async throws {
        let tls = wanted.isEncrypted ? try Certificates() : nil
        let listen = tls.map {
            ["--tls-certificate", "\($0.folder.path)/certificate.pem", "--tls-key", "\($0.folder.path)/key.pem"]
        }
        // A busy machine may be late: that refuses nobody here.
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "many.yaml",
            Array("limits: {lag: off}\nroutes: [{authentication: {none: true}, bot: \(wanted.bot)}]\n".utf8)
        )
        let serve = try ServeProcess(["--config", file, "--port", "0", "--admin-port", "0"] + (listen ?? ["--plain"]))
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        let context = try tls?.client()
        let sockets = try Self.sockets(serve)
        try await Self.call(200, lanes: wanted.lanes, port: port, context)
        try await Self.settled(serve, sockets)
        let before = (try serve.descriptors(), try serve.figure("Threads"), try serve.figure("VmRSS"))
        try await Self.call(wanted.calls, lanes: wanted.lanes, port: port, context)
        try await Self.settled(serve, sockets)
        let after = (try serve.descriptors(), try serve.figure("Threads"), try serve.figure("VmRSS"))
        #expect(after.0 == before.0)
        #expect(after.1 <= before.1 + 1)
        #expect(after.2 - before.2 < Self.maximumGrowth, "\(before.2) KiB before, \(after.2) KiB after")
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0)
        let ended = told.errors.split(separator: "\n").filter { $0.contains(#""message":"call ended""#) }
        #expect(ended.count == 200 + wanted.calls)
        #expect(ended.allSatisfy { $0.contains(#""reason":"stop""#) && $0.contains(#""received":"160""#) })
    }

    /// Places calls, so many at a time: a start, a frame and its echo, a stop.
    static func call(_ count: Int, lanes: Int, port: Int, _ tls: TLSContext?) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            try #require(count.isMultiple(of: lanes))
            for lane in 0..<lanes {
                group.addTask {
                    for number in 0..<count / lanes { try await call("\(lane)-\(number)", port: port, tls) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func call(_ name: String, port: Int, _ tls: TLSContext?) async throws {
        let frame = Wire.media([UInt8](repeating: 0x11, count: 320))
        let client = try await RawClient.open(port, tls: tls, following: Wire.start(call: name) + frame)
        let echo = try await client.frames { Wire.audio($0) != nil }
        try #require(echo.last.flatMap(Wire.audio)?.count == 320)
        client.sendAnyway(Wire.stop)
        try #require(try await client.closeCode() == 1000)
        try await client.untilClosed()
        try await client.drop()
    }

    /// Waits until every socket of the calls is gone.
    static func settled(_ serve: ServeProcess, _ wanted: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while try sockets(serve) > wanted, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try sockets(serve) == wanted)
    }

    /// Sockets of the process: its own, and one for each connection.
    static func sockets(_ serve: ServeProcess) throws -> Int {
        let folder = "/proc/\(serve.process)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0) }
            .filter { $0.hasPrefix("socket:") }.count
    }
}
