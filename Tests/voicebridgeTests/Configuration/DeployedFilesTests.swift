// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import Foundation
import Testing

@testable import voicebridge

@Suite("Files in deploy/")
struct DeployedFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("deploy")

    private func text(of name: String) throws -> String {
        try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    }

    private func sample(_ change: (String) -> String = { $0 }) throws -> BridgeConfiguration {
        try BridgeConfiguration.load(
            yaml: change(text(of: "voicebridge.yaml")),
            file: "voicebridge.yaml",
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas,
            environment: ["CREDENTIALS_DIRECTORY": "/run/credentials/voicebridge.service"],
            readFile: { path in Array("contents of \(path)".replacing(" ", with: "-").utf8) }
        )
    }

    @Test("the sample is good")
    func good() throws {
        let configuration = try sample()
        #expect(configuration.routes.count == 1)
        #expect(configuration.listen.host.isEveryAddress)
    }

    @Test("the sample is good with its commented settings, too")
    func commented() throws {
        let configuration = try sample { text in
            let text = text.replacing("    # client_ca:", with: "    client_ca:")
                .replacing("    # apology:", with: "    apology:")
                .replacing("    # call_control:", with: "    call_control:")
                .replacing("    client_certificates: none", with: "    client_certificates: required")
            // The last section is commented out as a whole.
            guard let start = text.firstRange(of: "# receivers:")?.lowerBound else { return "no receivers" }
            return String(text[..<start] + text[start...].replacing("\n# ", with: "\n").dropFirst(2))
        }
        #expect(configuration.routes[0].apology != nil)
        #expect(configuration.routes[0].callControl?.platform == "digo")
        #expect(configuration.receivers.map(\.kind) == ["ivr-solutions-callbacks"])
        #expect(configuration.receivers.first?.deadline == .seconds(5))
    }

    @Test("limits, logging and the route's pace in the sample are the defaults, as it says")
    func defaults() throws {
        let configuration = try sample()
        let route = configuration.routes[0]
        #expect(configuration.limits == ServerLimits())
        #expect(configuration.logging == LoggingConfiguration())
        #expect(configuration.admin == AdminConfiguration())
        #expect(route.audio == AudioSettings())
        #expect(route.webSocket == WebSocketSettings())
        #expect(route.bargeIn == BargeInSettings())
        #expect(route.configAPIPath == route.path + "/config")
    }

    @Test("every key that can be printed is in the sample")
    func complete() throws {
        let sampleText = try text(of: "voicebridge.yaml")
        let printed = try sample().yaml(bots: [], dialects: [])
        for line in printed.split(separator: "\n") {
            let key = line.trimmingPrefix { $0 == " " || $0 == "-" }.prefix { $0 != ":" }
            #expect(sampleText.contains("\(key):") || key == "i_know" && sampleText.contains("i_know"), "\(key)")
        }
    }

    @Test("the unit gives a drain its time, and the sample the credentials that it loads")
    func unit() throws {
        let unit = try text(of: "voicebridge.service").split(separator: "\n").map(String.init)
        let stop = try #require(unit.first { $0.hasPrefix("TimeoutStopSec=") }?.dropFirst("TimeoutStopSec=".count))
        let limits = try sample().limits
        let time = try #require(DurationText.read(String(stop)))
        #expect(time >= limits.drainDeadline + limits.overdueBotGrace)
        let credentials = unit.compactMap { $0.split(separator: "=").first == "LoadCredential" ? $0 : nil }
        let names = credentials.compactMap {
            $0.split(separator: "=").last?.split(separator: ":").first.map(String.init)
        }
        #expect(names.sorted() == ["tls-certificate", "tls-key", "token"])
        let text = try text(of: "voicebridge.yaml")
        for name in names { #expect(text.contains("/\(name)") || text.contains("{credential: \(name)}"), "\(name)") }
    }
}
