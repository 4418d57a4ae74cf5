// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    /// `sms`.
    mutating func readMessage(_ node: ConfigurationNode) -> FlowStep? {
        guard var mapping = MappingReader(node) else { return nil }
        let to = mapping.take("to")
        let text = mapping.take("text")
        let from = mapping.take("from").flatMap { template($0, "a registered sender") }
        let timeout = mapping.duration("timeout", in: Self.timeouts, default: .seconds(5))
        let variable = mapping.take("into").flatMap { self.variable($0) }
        let failed = mapping.take("failed")
        mapping.finish()
        if surroundings.hasMessages == false {
            node.report("needs an account for messages; set the bot's options `sms_token` and `sms_service_token`")
        }
        if to == nil { mapping.reportMissing("to", "give the number it goes to, such as \"{{call.from}}\"") }
        if text == nil { mapping.reportMissing("text", "give the text that is sent") }
        if failed == nil { mapping.reportMissing("failed", "name the section for when it was not accepted") }
        let number = to.flatMap { readNumber($0) }
        let words = text.flatMap { readWords($0) }
        guard let number, let words, let failed = failed.flatMap({ target($0) }) else { return nil }
        return .sms(
            FlowMessage(to: number, text: words, from: from, timeout: timeout, variable: variable, failed: failed)
        )
    }

    private mutating func readNumber(_ node: ConfigurationNode) -> FlowText? {
        guard let number = template(node, "a telephone number") else { return nil }
        if let constant = number.constant, !TransferTarget.isTelephoneNumber(constant) {
            node.report("\(ShownText.quoted(constant)) is no telephone number; give digits, with or without `+`")
        }
        return number
    }

    private mutating func readWords(_ node: ConfigurationNode) -> FlowText? {
        guard let words = template(node, "a text to send") else { return nil }
        if let count = words.constant?.count, count > FlowMessage.maximumCharacters {
            node.report("has \(count) characters; a message has at most \(FlowMessage.maximumCharacters)")
        }
        return words
    }
}
