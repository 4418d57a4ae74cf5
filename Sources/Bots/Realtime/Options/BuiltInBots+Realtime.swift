// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import VoiceBridge

extension BuiltInBots {
    static let realtime = BotDescription(
        name: "realtime",
        summary: "lets a realtime model talk with the caller, over a WebSocket to a service",
        options: RealtimeOptions.service + RealtimeOptions.conversation + RealtimeOptions.tools
    )

    static let makeRealtime: @Sendable (BotOptions) throws -> any ConversationHandler = { options in
        let environment = ProcessInfo.processInfo.environment
        return try RealtimeBot(
            RealtimeOptions.settings(options, environment: environment),
            tools: RealtimeOptions.tools(options)
        )
    }
}
