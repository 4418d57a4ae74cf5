// SPDX-License-Identifier: Apache-2.0

/// A short text message that a flow sends; every part may hold variables.
package struct FlowMessage: Sendable, Equatable {
    /// Most characters of a text, which is what services take.
    package static let maximumCharacters = 1_000

    /// The number it goes to, with the country's code.
    package var to: FlowText
    /// The text.
    package var text: FlowText
    /// The registered sender; nil for the account's own.
    package var from: FlowText?
    /// How long the service may take to accept it, 100 ms…30 s.
    package var timeout: Duration
    /// `into`: the variable that takes the message's id; nil for none.
    package var variable: String?
    /// Where the step leads when the message was not accepted in time.
    package var failed: FlowTarget

    /// A message.
    package init(
        to: FlowText,
        text: FlowText,
        from: FlowText? = nil,
        timeout: Duration = .seconds(5),
        variable: String? = nil,
        failed: FlowTarget
    ) {
        self.to = to
        self.text = text
        self.from = from
        self.timeout = timeout
        self.variable = variable
        self.failed = failed
    }
}
