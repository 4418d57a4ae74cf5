// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import Testing

@testable import voicebridge

@Suite("Log lines")
struct LineLogHandlerTests {
    static let time = "2026-11-21T10:42:07.123Z"
    /// What a hostile peer might have sent: ends of lines of all kinds, escapes of terminals, turns of direction.
    static let hostile = "a\r\nb\u{0}c\u{1B}[31md\u{85}e\u{2028}f\u{9B}2Jg\u{202E}h\u{7F}i\"j\\k=l"

    @Test("are text with fields in order, quoted where they must be")
    func text() {
        let fields: Logger.Metadata = ["route": "/v1", "call": "c 1", "empty": "", "say": #"a "b""#]
        let line = LineLogHandler.line(.text, Self.time, .info, "call started", fields)
        #expect(line == #"\#(Self.time) info call started call="c 1" empty="" route=/v1 say="a \"b\"""#)
    }

    @Test("are one JSON object each")
    func json() throws {
        let line = LineLogHandler.line(.json, Self.time, .error, "it \"failed\"", ["call": "c1", "time": "peer's"])
        #expect(
            line == #"{"call":"c1","level":"error","message":"it \"failed\"","time":"\#(Self.time)"}"#
        )
    }

    @Test("stay one line without control characters whatever a peer sent", arguments: [true, false])
    func hostile(isText: Bool) throws {
        let style: LineLogHandler.Style = isText ? .text : .json
        let line = LineLogHandler.line(style, Self.time, .info, Self.hostile, ["call": "\(Self.hostile)"])
        for scalar in line.unicodeScalars {
            #expect(
                scalar.properties.generalCategory != .control
                    && !"\u{2028}\u{2029}\u{202E}".unicodeScalars.contains(scalar)
            )
        }
        guard !isText else { return }
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        #expect(object?["call"] == "a  b c [31md e f 2Jg h i\"j\\k=l")
    }
}
