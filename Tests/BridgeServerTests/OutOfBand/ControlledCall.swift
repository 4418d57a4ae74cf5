// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Logging
import OutboundHTTP
import PlatformAPIs
import TestSupport
import Testing
import VoiceBridge

@testable import voicebridge

/// Calls of a platform whose interface is a twin, on a server as the program composes it.
enum ControlledCall {
    static let tone = Prompt(.tone(frequency: 440, duration: .milliseconds(60)))

    /// A bot that transfers, says something when that was not done, and returns.
    ///
    /// `told` gets what the transfer came to: `done`, or the error.
    static func bot(_ target: TransferTarget?, _ told: Watched<[String]>) -> TestBot {
        TestBot { call in
            try await call.play(tone)
            guard let target else { return }
            do {
                try await call.transfer(to: target)
                told.update { $0.append("done") }
            } catch let error as CallError {
                told.update { $0.append("\(error.shortDescription): \(error)") }
                guard error.endReason == nil else { throw error }
                try await call.play(tone)
            }
        }
    }

    /// Runs a server whose only route is that of a platform.
    ///
    /// - Parameters:
    ///   - target: where the bot transfers to; nil for a bot that only speaks and returns.
    ///   - dialect: the platform's dialect.
    ///   - control: the settings of `call_control`, with `BASE` for the twin's URL.
    ///   - script: what the twin takes.
    ///   - deadline: time for an answer of the twin's.
    ///   - body: what happens.
    /// - Throws: what `body` throws.
    static func run(
        _ target: TransferTarget?,
        dialect: String,
        control: String,
        _ script: [PlatformTwin.Exchange],
        deadline: Duration = .seconds(60),
        _ body: (RunningServer, PlatformTwin, Watched<[String]>) async throws -> Void
    ) async throws {
        let twin = try await PlatformTwin(script)
        let told = Watched<[String]>([])
        let services = PlatformServices(
            exchange: PlatformExchange(client: URLSessionClient(), deadline: deadline, pause: .zero),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            routes:
              - authentication: {none: true}
                dialect: \(dialect)
                path: /v1/ivr-solutions
                bot: test
                call_control: {\(control.replacing("BASE", with: twin.url))}
            receivers:
              - {path: /passthru, kind: exotel-transfer, authentication: {none: true}}
              - {path: /connect, kind: exotel-transfer, options: {applet: connect}, authentication: {none: true}}
            """
        try await RunningServer.run(
            bot(target, told),
            yaml,
            receivers: BuiltInReceivers.catalogue(services),
            callControls: BuiltInCallControls.catalogue(services)
        ) { try await body($0, twin, told) }
        try await twin.stop()
    }

    /// The platform's start.
    static func start(_ platform: String) throws -> [UInt8] {
        RawFrame.text(try #require(DialectRouteTests.platforms.first { $0.name == platform }).start)
    }
}
