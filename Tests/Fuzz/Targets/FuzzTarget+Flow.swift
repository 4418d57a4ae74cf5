// SPDX-License-Identifier: Apache-2.0
import Bots
import ConfigurationReading
import VoiceBridge

extension FuzzTarget {
    /// A flow file: it loads or has faults with places; what loads runs to an end, whatever the caller does, and is drawn.
    static let flow = FuzzTarget(name: "flow") { input in
        guard let text = String(validating: input, as: UTF8.self) else { return nil }
        let loaded: LoadedFlow
        do throws(ConfigurationError) {
            loaded = try Flow.load(yaml: text, file: "fuzz", environment: ["A": "1"]) { _ in throw Absent() }
        } catch {
            if error.faults.isEmpty { return "refused without a fault" }
            let misplaced = error.faults.first { $0.line < 1 || $0.column < 1 || $0.message.contains("\n") }
            return misplaced.map { "a fault without a place: \($0)" }
        }
        guard FlowGraph.mermaid(loaded.flow).hasSuffix("\n") else { return "a picture without an end" }
        return fault(of: loaded.flow, input)
    }

    private struct Absent: Error {}

    /// Runs a flow with answers made of the input; what is wrong with it.
    private static func fault(of flow: Flow, _ input: [UInt8]) -> String? {
        var interpreter = FlowInterpreter(flow, call: ["call.from": "1"])
        var action = interpreter.next(.begin)
        for turn in 0..<2_000 {
            if let long = interpreter.variables.first(where: { $0.value.count > FlowVariables.maximumLength }) {
                return "the variable \(long.key) grew to \(long.value.count) characters"
            }
            let byte = input.isEmpty ? 0 : input[turn * 7 % input.count]
            switch action {
            case .speak, .background: action = interpreter.next(.done)
            case .collect(let collection):
                let count = Int(byte) % (collection.count + 1)
                action = interpreter.next(.digits(String(repeating: "\(byte % 10)", count: count)))
            case .record: action = interpreter.next(byte & 1 == 0 ? .failed("") : .recorded(path: "/a.wav"))
            case .detect:
                let answerer = FlowAnswerer.allCases[Int(byte / 2) % FlowAnswerer.allCases.count]
                action = interpreter.next(byte & 1 == 0 ? .failed("") : .detected(answerer))
            case .request:
                let answer = FlowHTTPAnswer(status: 100 + Int(byte) * 2, body: Array(input.prefix(64)))
                action = interpreter.next(byte & 1 == 0 ? .failed("") : .answered(answer))
            case .send: action = interpreter.next(byte & 1 == 0 ? .failed("") : .sent(id: "1"))
            case .transfer: action = interpreter.next(.failed(""))
            case .handOver, .hangUp, .fail: return nil
            }
        }
        // Each step waits once and a collection ten times at most.
        return flow.maximumSteps >= 200 ? nil : "it takes more steps than it may"
    }
}
