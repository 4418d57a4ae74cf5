// SPDX-License-Identifier: Apache-2.0

/// What a relay asks of its bot's task.
enum ToolOrder: Sendable {
    /// Run a tool and tell what came of it.
    case run(FunctionCall)
    /// What comes of it is no longer waited for.
    case stop(String)
    /// The bot cannot go on.
    case fail(RealtimeError)
}

/// What came of a tool, for the relay.
struct ToolResult: Sendable {
    /// The call's id.
    var call: String
    var outcome: ToolOutcome
}
