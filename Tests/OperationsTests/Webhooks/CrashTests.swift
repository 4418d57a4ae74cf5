// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Foundation
import OutboundHTTP
import TestSupport
import Testing

@testable import Operations

/// What arrives when the process that sends is killed.
@Suite(.serialized) struct CrashTests {
    private static let secret = "a secret for children"

    /// A process that tells of calls without end, eight at a time, and says which are in the spool.
    private final class Child {
        private let process: ChildProcess
        private let output = Pipe()

        init(_ path: String, _ url: String, _ name: String) throws {
            let places = [
                Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
            ]
            let program = try #require(
                places.map { $0.appendingPathComponent("webhook-child").path }
                    .first { FileManager.default.isExecutableFile(atPath: $0) }
            )
            let writing = output.fileHandleForWriting
            process = try ChildProcess(
                program,
                [path, url, secret, name],
                output: writing.fileDescriptor,
                errors: STDERR_FILENO
            )
            try writing.close()
        }

        /// Kills it; how many calls it said to have ended for good.
        func kill() throws -> Int {
            _ = Foundation.kill(process.identifier, SIGKILL)
            #expect(process.wait() == SIGKILL)
            let told = try output.fileHandleForReading.readToEnd() ?? Data()
            // A line that was cut off counts for nothing.
            let lines = String(decoding: told, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            return lines.dropLast().last.flatMap { Int($0) } ?? 0
        }
    }

    @Test func `Every call's end arrives, once by its id, however often the process is killed`() async throws {
        let endpoint = Endpoints(secret: Self.secret)
        let server = try await LoopbackHTTPServer { request in
            LoopbackHTTPServer.Reply(endpoint.take(request.body, signature: request[WebhookSignature.field]))
        }
        let spooling = try Spooling()
        var safe: [String: Int] = [:]
        for (round, count) in [10, 60, 150].enumerated() {
            let child = try Child(spooling.path, server.url, "run-\(round)")
            await endpoint.wait(for: endpoint.bodies.count + count)
            safe["run-\(round)"] = try child.kill()
        }
        var settings = spooling.settings
        settings.endpoints[0].url = server.url
        settings.endpoints[0].secret = Secret(Self.secret)
        let sender = try WebhookSender(
            path: spooling.path,
            settings: settings,
            calls: 10,
            client: URLSessionClient(),
            logger: spooling.log.logger
        )
        sender.start()
        #expect(await sender.close(sending: .seconds(60)))
        #expect(try SpoolAccess(path: spooling.path).events(isDead: nil, limit: 1).isEmpty)
        var started: Set<String> = []
        // By call, the ids of its end.
        var ends: [String: Set<String>] = [:]
        var last: [String: Int] = [:]
        for body in endpoint.bodies {
            let call = Spooling.member("call_id", of: body)
            switch Spooling.member("type", of: body) {
            case "call.started": started.insert(call)
            case "call.ended":
                #expect(started.contains(call), "\(call) ended before it began")
                ends[call, default: []].insert(Spooling.member("event_id", of: body))
            default: Issue.record("\(body)")
            }
            // Order: a call that is told of again is one whose delivery had not been noted.
            let parts = call.split(separator: "/").map(String.init)
            let number = try #require(Int(parts[1]))
            #expect(number >= last[parts[0], default: 0] - 20, "\(call) after \(last[parts[0], default: 0])")
            last[parts[0]] = max(number, last[parts[0], default: 0])
        }
        #expect(Set(ends.keys) == started)
        #expect(ends.values.allSatisfy { $0.count == 1 })
        for (run, count) in safe {
            #expect(count > 0)
            #expect((0..<count).allSatisfy { ends["\(run)/\($0)"] != nil }, "\(run)")
        }
        #expect(endpoint.wrong == 0)
        try await server.stop()
    }
}
