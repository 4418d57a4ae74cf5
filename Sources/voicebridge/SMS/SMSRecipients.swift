// SPDX-License-Identifier: Apache-2.0
import Dialects
import PlatformAPIs

/// A file of people and texts: JSON lines, empty ones left out.
enum SMSRecipients {
    /// Why a file cannot be used: which line, and what to do.
    struct Fault: Error, CustomStringConvertible, Equatable {
        /// Which line; what to do.
        var description: String
    }

    /// The people of a file; `-` is standard input.
    ///
    /// - Throws: ``Fault``; why the file cannot be read.
    static func read(_ path: String) throws -> [DigoCampaign.Recipient] {
        try parse(try ConfigurationFile.bytes(ofFile: path), name: path == "-" ? "standard input" : path)
    }

    /// The people of a file's bytes.
    ///
    /// - Throws: ``Fault``.
    static func parse(_ bytes: [UInt8], name: String) throws(Fault) -> [DigoCampaign.Recipient] {
        var people: [DigoCampaign.Recipient] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
            guard let json = try? JSONDocument.parse(Array(line)), let to = json["to"]?.text,
                let text = json["text"]?.text
            else {
                throw Fault(description: "\(name):\(index + 1) is no person; write {\"to\": NUMBER, \"text\": TEXT}")
            }
            people.append(.init(to: to, text: text))
        }
        return people
    }
}
