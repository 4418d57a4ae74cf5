// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowBot.Resources {
    /// The bot that goes on with a call.
    ///
    /// - Parameters:
    ///   - handOver: which, and its options.
    ///   - format: what the call's audio is for the flow, and so for the bot.
    /// - Returns: the bot, new and of the same format.
    /// - Throws: why it cannot go on, and what to do.
    func bot(for handOver: FlowHandOver, _ format: AudioFormat) throws -> any ConversationHandler {
        guard let entry = bots.first(where: { $0.description.name == handOver.bot }) else {
            throw FlowError(description: "there is no bot \(handOver.bot)")
        }
        let bot = try entry.make(handOver.options)
        guard bot.audioFormat == format else {
            throw FlowError(
                description:
                    "the bot \(handOver.bot) has \(bot.audioFormat.sampleRate) Hz, the flow \(format.sampleRate) Hz; "
                    + "give both the same `sample_rate`"
            )
        }
        return bot
    }
}
