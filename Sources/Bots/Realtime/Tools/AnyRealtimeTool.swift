// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import FoundationEssentials
import NIOCore
import VoiceBridge

/// A tool of any kind of arguments.
struct AnyRealtimeTool: Sendable {
    let description: ToolDescription
    private let body: @Sendable (String, Call) async throws -> ToolOutcome

    init(_ tool: some RealtimeTool) {
        description = ToolDescription(
            name: tool.name,
            summary: tool.summary,
            parameters: Self.schema(tool.parameters),
            timeout: tool.timeout,
            filler: tool.filler,
            runsAfterAnswer: tool.runsAfterAnswer
        )
        body = { arguments, call in
            let text = arguments.isEmpty ? "{}" : arguments
            return try await tool.run(Self.decode(text), on: call)
        }
    }

    /// Runs the tool; a failure is an answer too.
    func run(_ arguments: String, on call: Call) async -> ToolOutcome {
        do {
            return try await body(arguments, call)
        } catch let error as DecodingError {
            return .answer(Self.failure("the arguments do not fit: \(error)"))
        } catch {
            return .answer(Self.failure("\(error)"))
        }
    }

    /// A failure in words for the model.
    static func failure(_ text: String) -> String {
        var buffer = ByteBuffer(string: #"{"error":"#)
        buffer.writeJSONString(text.prefixed(toBytes: 256))
        buffer.writeStaticString("}")
        return String(buffer: buffer)
    }

    private static func decode<Arguments: Decodable>(_ text: String) throws -> Arguments {
        try JSONDecoder().decode(Arguments.self, from: Data(text.utf8))
    }

    /// The arguments as a JSON schema.
    static func schema(_ parameters: [ToolParameter]) -> String {
        var buffer = ByteBuffer(string: #"{"type":"object","properties":{"#)
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            buffer.writeJSONString(parameter.name)
            buffer.writeString(":{\"type\":\"\(parameter.kind.schemaName)\",\"description\":")
            buffer.writeJSONString(parameter.summary)
            if case .choice(let words) = parameter.kind {
                buffer.writeStaticString(#","enum":"#)
                buffer.writeList(words)
            }
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString(#"},"required":"#)
        buffer.writeList(parameters.filter(\.isRequired).map(\.name))
        buffer.writeStaticString("}")
        return String(buffer: buffer)
    }
}

extension ToolParameter.Kind {
    /// The type's name in a JSON schema.
    var schemaName: String {
        switch self {
        case .text, .choice: "string"
        case .integer: "integer"
        case .number: "number"
        case .flag: "boolean"
        }
    }
}

extension ByteBuffer {
    /// Writes texts as a JSON array.
    fileprivate mutating func writeList(_ texts: [String]) {
        writeStaticString("[")
        for (index, text) in texts.enumerated() {
            if index > 0 { writeStaticString(",") }
            writeJSONString(text)
        }
        writeStaticString("]")
    }
}
