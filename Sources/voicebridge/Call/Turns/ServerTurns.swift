// SPDX-License-Identifier: Apache-2.0

/// What the server's log at the level debug tells of a call's turns.
enum ServerTurns {
    /// What a line that tells of a turn has before its stages.
    static let marker = "turn answered: "

    /// The stages of each turn of a call, in order, and what the network added to each; lines of other calls and other
    /// things are passed over.
    static func read(_ log: some StringProtocol, call: String) -> [(network: Int?, stages: [Waterfall.Stage])] {
        log.split(whereSeparator: \.isNewline).filter { $0.contains(call) }.compactMap { line in
            guard let marker = line.firstRange(of: marker) else { return nil }
            let text = line[marker.upperBound...]
            var (network, stages): (Int?, [Waterfall.Stage]) = (nil, [])
            for part in text.split(separator: ",") {
                let words = part.split(separator: " ")
                // The last is followed by whatever the log's format puts behind a message.
                guard words.count >= 3, words[2].hasPrefix("ms"), let milliseconds = Int(words[1]) else { break }
                if words[0] == "network" {
                    network = milliseconds
                } else {
                    stages.append(Waterfall.Stage(CallStory.printable(String(words[0])), .milliseconds(milliseconds)))
                }
            }
            return stages.isEmpty ? nil : (network, stages)
        }
    }

    /// The lines that show them.
    static func lines(_ log: some StringProtocol, call: String) -> [String] {
        let turns = read(log, call: call)
        guard !turns.isEmpty else {
            return ["the server's log tells of no turn of \(call): it must be a log of this call at the level debug"]
        }
        return turns.enumerated().flatMap { index, turn in
            let network = turn.network.map { ", network \($0) ms" } ?? ""
            return ["the server's turn \(index + 1)\(network)"] + Waterfall.lines(turn.stages)
        }
    }
}
