// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// A tool with arguments of several types, which notes what it is given.
private final class BookingTool: RealtimeTool {
    struct Arguments: Decodable, Sendable, Equatable {
        var name: String
        var guests: Int
        var outside: Bool?
    }

    struct FullyBooked: Error, CustomStringConvertible {
        var description: String { "there is no table for so many" }
    }

    let name = "book_table"
    let summary = "Books a table."
    let parameters = [
        ToolParameter("name", .text, "The guest's name"),
        ToolParameter("guests", .integer, "How many come"),
        ToolParameter("outside", .flag, "Whether they sit outside", isRequired: false),
    ]
    private let given = Mutex<[Arguments]>([])

    var bookings: [Arguments] { given.withLock { $0 } }

    func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        given.withLock { $0.append(arguments) }
        guard arguments.guests < 20 else { throw FullyBooked() }
        return .answer(#"{"table":7}"#)
    }
}

@Suite("Tools on calls with a realtime model") struct RealtimeToolCallTests {
    @Test("A tool takes its arguments as Swift values, and its answer and its failures are told")
    func typed() throws {
        let tool = BookingTool()
        let call = try RealtimeCall(
            """
            100 response r1
            110 call r1 c1 book_table {"name":"Rao","guests":4,"outside":true}
            120 call r1 c2 book_table {"name":"Rao","guests":40}
            130 call r1 c3 book_table {"name":"Rao"}
            140 done r1
            """,
            tools: [tool]
        ) { $0.duration = .seconds(1) }
        #expect(tool.bookings.map(\.guests) == [4, 40])
        #expect(tool.bookings.first == .init(name: "Rao", guests: 4, outside: true))
        let told = call.service.told.filter { $0.contains(" output ") || $0.hasSuffix("respond") }
        #expect(told.count == 5)
        #expect(told.dropFirst().first == #"140 output c1 {"table":7}"#)
        #expect(told.dropFirst(2).first == #"140 output c2 {"error":"there is no table for so many"}"#)
        #expect(told.dropFirst(3).first?.contains("the arguments do not fit") == true)
        #expect(told.last == "140 respond")
    }

    @Test("The model is told a tool's arguments as a JSON schema")
    func schema() {
        let schema = AnyRealtimeTool(BookingTool()).description.parameters
        #expect(
            schema
                == #"{"type":"object","properties":{"name":{"type":"string","description":"The guest's name"},"#
                + #""guests":{"type":"integer","description":"How many come"},"#
                + #""outside":{"type":"boolean","description":"Whether they sit outside"}},"#
                + #""required":["name","guests"]}"#
        )
    }

    @Test("The end of the call comes when the caller has heard the goodbye")
    func endCall() throws {
        let call = try RealtimeCall(
            """
            100 response r1
            200 audio r1 i1 1500
            210 call r1 c1 end_call {}
            220 done r1
            """,
            tools: [EndCallTool()]
        )
        #expect(call.result.endedBy == .bot)
        #expect(call.result.violations == [])
        #expect(call.result.playback.heard == 12_000)
        #expect(call.result.playback.cut == 0)
    }

    @Test("A transfer waits for the words before it, and goes where its name leads")
    func transfer() throws {
        let call = try RealtimeCall(
            """
            100 response r1
            200 audio r1 i1 1500
            210 call r1 c1 transfer_call {"to":"sales"}
            220 done r1
            """,
            tools: [TransferTool(targets: ["sales": .phone("09810000003")])]
        )
        let transfer = try #require(call.result.commands.first { $0.type == "session.transfer" })
        #expect(transfer.time >= .milliseconds(1_600))
        #expect(transfer.fields.contains { "\($0.value)".contains("09810000003") })
        #expect(call.result.playback.heard == 12_000)
    }

    @Test("A place that there is not is told, and the call goes on")
    func nowhere() throws {
        let call = try RealtimeCall(
            """
            100 response r1
            210 call r1 c1 transfer_call {"to":"moon"}
            220 done r1
            """,
            tools: [TransferTool(targets: ["sales": .phone("09810000003")])]
        ) { $0.duration = .seconds(1) }
        #expect(call.service.told.contains(#"220 output c1 {"error":"there is no 'moon'"}"#))
        #expect(call.service.told.last == "220 respond")
        #expect(call.result.endedBy == .caller)
    }

    @Test("Hanging up at once waits for nothing")
    func hangUp() throws {
        let call = try RealtimeCall(
            """
            100 response r1
            200 audio r1 i1 5000
            400 call r1 c1 hang_up {}
            """,
            tools: [HangUpTool()]
        )
        #expect(call.result.endedBy == .bot)
        #expect(call.result.duration < .milliseconds(500))
    }

    @Test("A recording is played and its end is told; keys are sent")
    func staying() throws {
        let tone = Prompt(.tone(frequency: 800, duration: .milliseconds(500)))
        let call = try RealtimeCall(
            """
            100 response r1
            110 call r1 c1 play_recording {"recording":"jingle"}
            120 done r1
            """,
            tools: [PlayTool(prompts: ["jingle": tone])]
        ) { $0.duration = .seconds(2) }
        let told = try #require(call.service.told.first { $0.contains("output c1") })
        #expect(told.hasSuffix(#"{"played":"whole"}"#))
        #expect((call.service.told.last ?? "").hasSuffix("respond"))
        #expect(call.result.playback.heard == 4_000)
    }
}
