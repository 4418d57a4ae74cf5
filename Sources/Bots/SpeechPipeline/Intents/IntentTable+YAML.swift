// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
import VoiceBridge

extension IntentTable {
    /// Reads a table from YAML.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - file: its name, for messages.
    /// - Returns: the table; texts that the file does not have are the built-in table's.
    /// - Throws: every fault of the file, with line and column.
    package static func load(yaml: String, file: String) throws(ConfigurationError) -> IntentTable {
        let context = ReadingContext(environment: [:]) { _ in [] }
        let document: ConfigurationDocument
        do {
            document = try ConfigurationDocument(yaml, context: context)
        } catch {
            throw ConfigurationError(file: file, faults: context.faults + [error])
        }
        var table: IntentTable?
        if let root = document.root {
            table = read(ConfigurationNode(root, path: "", document: document, context: context))
        } else {
            context.report("the file is empty; give it `intents`", path: "", mark: .start)
        }
        guard let table, context.faults.isEmpty else {
            throw ConfigurationError(file: file, faults: context.faults)
        }
        return table
    }

    private static func read(_ root: ConfigurationNode) -> IntentTable? {
        guard var top = MappingReader(root) else { return nil }
        var table = builtIn
        table.greeting = top.take("greeting").flatMap { $0.text() } ?? table.greeting
        table.notUnderstood = top.take("not_understood").flatMap { $0.text() } ?? table.notUnderstood
        table.silence = top.take("silence").flatMap { $0.text() } ?? table.silence
        table.farewell = top.take("farewell").flatMap { $0.text() } ?? table.farewell
        if let list = top.take("intents") {
            table.intents = (list.elements() ?? []).compactMap(intent)
            if table.intents.isEmpty { list.report("has no intent; give at least one") }
        } else {
            top.reportMissing("intents", "list what a caller may want")
        }
        top.finish()
        return table
    }

    private static func intent(_ node: ConfigurationNode) -> Intent? {
        guard var reader = MappingReader(node) else { return nil }
        var intent = Intent([], reply: "")
        if let phrases = reader.take("phrases") {
            intent.phrases = (phrases.texts() ?? []).map { $0.lowercased() }
        }
        if let digit = reader.take("digit"), let text = digit.text("a key") {
            intent.digit = text.count == 1 ? text.first.flatMap { DTMFDigit($0) } : nil
            if intent.digit == nil { digit.report("is no key; write one of 0-9, *, #, A-D in quotes") }
        }
        if intent.phrases.isEmpty, intent.digit == nil {
            reader.reportMissing("phrases", "say how a caller asks for it, or give a `digit`")
        }
        if let reply = reader.take("reply") {
            intent.reply = reply.text(allowsEmpty: true) ?? ""
        } else {
            reader.reportMissing("reply", "say what the bot answers")
        }
        intent.isRepetition = reader.flag("repeats", default: false)
        if reader.flag("hang_up", default: false) { intent.action = .hangUp }
        if let transfer = reader.take("transfer") {
            if intent.action != nil { transfer.report("cannot be done beside `hang_up`; remove one of them") }
            intent.action = target(transfer).map { .transfer($0) }
        }
        reader.finish()
        return intent
    }

    private static func target(_ node: ConfigurationNode) -> TransferTarget? {
        guard var reader = MappingReader(node) else { return nil }
        let kinds: [(String, (String) -> TransferTarget)] = [
            ("phone", { .phone($0) }), ("extension", { .extension($0) }), ("flow", { .flow($0) }),
            ("sip", { .sip(uri: $0) }), ("bot", { .bot(url: $0) }),
        ]
        let targets = kinds.compactMap { kind, make in reader.take(kind).flatMap { $0.text() }.map(make) }
        reader.finish()
        if targets.count != 1 {
            node.report("names \(targets.count) targets; give one of phone, extension, flow, sip, bot")
        }
        return targets.first
    }
}
