// SPDX-License-Identifier: Apache-2.0
import Bots
import VoiceBridge

// The tool of the article "Talk to a realtime model"; a test holds the two together.

/// Books a table in the restaurant's own system.
struct BookTable: RealtimeTool {
    struct Arguments: Decodable {
        var name: String
        var guests: Int
    }

    let name = "book_table"
    let summary = "Books a table for tonight. Ask for the name and the number of guests first."
    let parameters = [
        ToolParameter("name", .text, "The guest's name"),
        ToolParameter("guests", .integer, "How many people come"),
    ]
    let filler: ToolFiller? = ToolFiller(text: "One moment, I am looking at the book.")

    func run(_ arguments: Arguments, on call: Call) async throws -> ToolOutcome {
        guard arguments.guests <= 8 else { return .answer(#"{"error": "the largest table has eight chairs"}"#) }
        return .answer(#"{"booked": true, "table": 7}"#)
    }
}
