// SPDX-License-Identifier: Apache-2.0

import Bots
import BridgeConfiguration
import CallModel
import ConfigurationReading
import Foundation
import Logging
import PlatformAPIs
import Testing

@testable import voicebridge

@Suite("Receivers of CALLR")
struct CALLRReceiverTests {
    private func load(_ kind: String, _ options: String) throws -> ReceiverConfiguration {
        let configuration = try BridgeConfiguration.load(
            yaml: """
                routes:
                  - authentication: {bearer: t0ken}
                receivers:
                  - path: /v1/callr
                    kind: \(kind)
                    authentication: {basic: {user: callr, password: s3cret}}
                    options: {\(options)}
                """,
            file: "test.yaml",
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas,
            environment: [:],
            readFile: { _ in [] }
        )
        return try #require(configuration.receivers.first)
    }

    @Test(
        "options that cannot be are refused when the configuration is read",
        arguments: [
            ("callr", "file: f, bot: realtime", "bot realtime needs audio; CALLR carries none: use a flow"),
            ("callr", "file: f, bot: echo", "bot echo needs audio; CALLR carries none: use a flow"),
            ("callr", "voice: TTS_EN-GB_SERENA", "file"), ("callr", "file: f, library: {a.wav: x}", "'a.wav'"),
            ("callr", "file: f, library: {a.wav: 0}", "'a.wav'"),
            ("callr", "file: f, caller_id: \"0981\"", "`caller_id`"), ("callr", "file: f, ring: 301s", "ring"),
            ("callr-webhooks", "algorithm: MD5", "algorithm"), ("callr-webhooks", "secret: 1234567", "8 to 1024"),
        ]
    )
    func faults(kind: String, options: String, words: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try load(kind, options) }
        #expect(error?.faults.count == 1 && "\(error as Any)".contains(words), "\(error as Any)")
    }

    @Test("a flow of the repository is served as configured")
    func served() async throws {
        let file = FlowScenario.repository.appendingPathComponent("deploy/flows/appointments.yaml").path
        let receiver = try load(
            "callr",
            "file: \(file), voice: TTS_EN-GB_SERENA, country: IN, ring: 45s, maximum_calls: 7, library: {hello.wav: 12}"
        )
        let settings = CALLRFlowSettings(receiver.options)
        #expect(settings.ringSeconds == 45 && settings.limits.calls == 7 && settings.library == ["hello.wav": 12])
        #expect(settings.dialable("09810000003") == "+919810000003")
        #expect(settings.limits.longest == .seconds(4 * 3_600) && settings.callerID == "BLOCKED")
        let services = PlatformServices(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let callr = try ReceiverKind.callr.make(receiver.options, services)
        let body = #"{"callid": 1, "call_status": "INCOMING_CALL", "variables": {}}"#
        let reply = await callr.answer(ReceivedHTTPRequest(method: "POST", path: "/v1/callr", body: Array(body.utf8)))
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self).contains("TTS|TTS_EN-GB_SERENA|Welcome to Riverside."))
    }

    @Test("a flow that CALLR cannot run keeps the server from starting")
    func refused() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("flow.yaml", "sections: {begin: [{detect: {human: next}}]}")
        let services = PlatformServices(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let options = try load("callr", "file: \(file)").options
        withExtendedLifetime(folder) {
            _ = #expect(throws: ConfigurationError.self) { try ReceiverKind.callr.make(options, services) }
        }
    }
}
