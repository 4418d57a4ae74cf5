// SPDX-License-Identifier: Apache-2.0

import ConfigurationReading
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// Takes messages as it is told, and notes them.
final class NotedMessages: MessageSending {
    enum Behaviour: CaseIterable, Sendable { case accepts, refuses, hangs }

    private let noted = Mutex<[TextMessage]>([])
    let behaviour: Behaviour

    init(_ behaviour: Behaviour) { self.behaviour = behaviour }

    var messages: [TextMessage] { noted.withLock { $0 } }

    func send(_ message: TextMessage) async throws -> SentMessage {
        noted.withLock { $0.append(message) }
        switch behaviour {
        case .accepts: return SentMessage(id: "m1")
        case .refuses: throw FlowError(description: "the service refused")
        case .hangs:
            // Ends with the cancellation that the step's deadline brings.
            try await Task.sleep(for: .seconds(3_600))
            return SentMessage(id: "late")
        }
    }
}

@Suite("A flow that sends messages")
struct FlowMessageTests {
    static let flow = """
        variables: {sender: ""}
        sections:
          a:
            - sms:
                to: "{{call.from}}"
                text: "Your link: https://example.net/{{call.id}}"
                from: "{{sender}}"
                timeout: 2s
                into: message
                failed: bad
            - say: {text: "Sent {{message}}.", audio: beep.wav}
            - transfer: {extension: "{{message}}"}
          bad:
            - say: {text: "Not sent{{message}}.", audio: beep.wav}
            - transfer: {extension: "204"}
        """

    private func run(_ call: [String: String], _ surroundings: FlowSurroundings, _ answer: String) throws -> [String] {
        let flow = try FlowFixture.load(Self.flow, surroundings).flow
        return FlowTimeline(flow, call: ["call.id": "c1"].merging(call) { $1 }, [answer]).lines
    }

    @Test("leads on when it was accepted, and elsewhere when not")
    func ways() throws {
        let any = FlowSurroundings()
        let sent = "sms +4930123 within 2.0 seconds: Your link: https://example.net/c1"
        let lines = try run(["call.from": "+4930123"], any, "sent 17")
        #expect(lines == [sent, "say Sent 17.", "transfer \(TransferTarget.extension("17"))"])
        let failed = try run(["call.from": "+4930123"], any, "fails")
        #expect(failed == [sent, "say Not sent.", "transfer \(TransferTarget.extension("204"))"])
        // A caller who hides the number gets none.
        #expect(try run(["call.from": ""], any, "sent 17").first == "say Not sent.")
        let named = try run(["call.from": "+4930123"], FlowSurroundings(variables: ["sender": "SHOP"]), "sent 17")
        #expect(named.first == "sms +4930123 from SHOP within 2.0 seconds: Your link: https://example.net/c1")
    }

    @Test(
        "is checked before it runs",
        arguments: [
            FlowFaultCase.step(
                "sms without anything",
                "sms: {}",
                "3:12: sections.a[0].sms.to: is missing; give the number it goes to, such as \"{{call.from}}\"",
                "3:12: sections.a[0].sms.text: is missing; give the text that is sent",
                "3:12: sections.a[0].sms.failed: is missing; name the section for when it was not accepted"
            ),
            FlowFaultCase.step(
                "sms to nobody",
                "sms: {to: desk, text: Hello, failed: hang_up}",
                "3:17: sections.a[0].sms.to: `desk` is no telephone number; give digits, with or without `+`"
            ),
            FlowFaultCase.step(
                "sms that is too long",
                "sms: {to: \"+4930123\", failed: hang_up, text: \"\(String(repeating: "a", count: 1_001))\"}",
                "3:52: sections.a[0].sms.text: has 1001 characters; a message has at most 1000"
            ),
            FlowFaultCase.step(
                "sms of a variable that nothing sets",
                "sms: {to: \"{{phone}}\", text: Hello, failed: hang_up}",
                "3:17: sections.a[0].sms.to: reads the variable `phone`, which nothing sets; set it in a step, or give it a "
                    + "value under `variables`"
            ),
        ]
    )
    func faults(_ row: FlowFaultCase) { #expect(FlowFixture.faults(row.yaml) == row.faults) }

    @Test("needs an account")
    func account() throws {
        let faults = FlowFixture.faults(Self.flow, FlowSurroundings(hasMessages: false))
        #expect(
            faults == [
                "5:9: sections.a[0].sms: needs an account for messages; set the bot's options `sms_token` and "
                    + "`sms_service_token`"
            ]
        )
        #expect(try MessageAccount(BotOptions()) == nil)
        #expect(throws: FlowError.self) { try MessageAccount(BotOptions(["sms_token": .secret(Secret("a"))])) }
        let options: [String: BotOptionValue] = [
            "sms_token": .secret(Secret("a")), "sms_service_token": .secret(Secret("b")), "sms_from": .text("SHOP"),
        ]
        let account = try #require(try MessageAccount(BotOptions(options)))
        #expect(account.serviceToken == Secret("b") && account.from == "SHOP" && account.reportURL == nil)
        #expect(account.country == nil)
    }

    @Test("on a call", arguments: [NotedMessages.Behaviour.accepts, .refuses])
    func call(behaviour: NotedMessages.Behaviour) throws {
        let folder = try FlowFixture.Folder()
        _ = try folder.write("beep.wav", FlowFixture.beep)
        let messages = NotedMessages(behaviour)
        let reports = Reports()
        let resources = FlowBot.Resources(messages: messages, report: reports.take)
        let bot = try FlowBot(file: try folder.write("flow.yaml", Self.flow.utf8), resources: resources)
        let call = try Conversation(bot, options: .marks) {
            $0.callID = "c1"
            $0.from = "+4930123"
            $0.duration = .seconds(60)
        }
        #expect(messages.messages == [TextMessage(to: "+4930123", text: "Your link: https://example.net/c1")])
        let last = try #require(call.result.commands.last { $0.type != "mark" })
        #expect(last["extension"] == (behaviour == .accepts ? "m1" : "204"))
        let told = reports.lines.filter { $0.hasPrefix("failed: ") }
        #expect(told == (behaviour == .accepts ? [] : ["failed: a message was not sent: the service refused"]))
        #expect(!reports.lines.joined().contains("4930123"))
    }

    @Test("gives a service only so long")
    func deadline() async throws {
        let message = FlowTextMessage(message: TextMessage(to: "1", text: "a"), timeout: .milliseconds(1))
        let error = await #expect(throws: FlowError.self) { try await message.sent(by: NotedMessages(.hangs)) }
        #expect(error?.description.contains("may be sent or not") == true)
    }
}
