// SPDX-License-Identifier: Apache-2.0

/// A message of the server that the wire does not allow.
struct WireFault: Error, Equatable {
    /// The rule that was broken.
    let rule: Violation.Rule
    /// What was seen.
    let detail: String

    init(_ rule: Violation.Rule, _ detail: String) {
        self.rule = rule
        self.detail = detail
    }
}
