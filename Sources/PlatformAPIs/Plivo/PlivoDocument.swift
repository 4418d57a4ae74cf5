// SPDX-License-Identifier: Apache-2.0

internal import CallModel

/// Plivo XML for a transfer.
struct PlivoDocument {
    /// The most numbers that one `Dial` is given.
    static let maximumNumbers = 10

    /// Reads the targets.
    let targets: TargetReader

    /// The document that connects a caller to a target.
    func xml(for target: TransferTarget) throws(CallControlError) -> String {
        switch target {
        case .phone(let phone): return dial("<Number>\(try targets.number(phone))</Number>")
        case .phones(let phones, .simultaneous):
            let numbers = try targets.numbers(phones, atMost: Self.maximumNumbers)
            return dial(numbers.map { "<Number>\($0)</Number>" }.joined())
        case .sip(let uri): return dial("<User>\(XMLText.escaped(try targets.sip(uri)))</User>")
        case .bot(let url):
            let url = XMLText.escaped(try targets.bot(url))
            return "<Response><Stream bidirectional=\"true\" keepCallAlive=\"true\">\(url)</Stream></Response>"
        // A second Dial would also run after a talk with the first number ends, so that there is no ringing in turn.
        case .phones, .extension, .flow: throw .unsupported(targets.platform, target.kind)
        }
    }

    private func dial(_ nouns: String) -> String { "<Response><Dial>\(nouns)</Dial></Response>" }
}
