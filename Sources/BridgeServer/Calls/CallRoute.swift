// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import CallSession
package import Dialects
package import VoiceBridge

/// What all calls of one route have in common.
package struct CallRoute: Sendable {
    /// The path, for logs and metrics.
    package var path: String
    /// Whose calls they are; nil for nobody's.
    package var tenant: String?
    /// The platform's dialect.
    package var dialect: DialectName
    /// The dialect's options.
    package var dialectOptions: BotOptions
    /// The bot's name, for logs and metrics.
    package var botName: String
    /// The bot.
    package var bot: any ConversationHandler
    /// The numbers a call is run by.
    package var session: CallSessionConfiguration
    /// Most streamed speech that waits for playback before `say` waits.
    package var maximumQueue: Duration
    /// Whether bots run on the event loop.
    package var runsOnEventLoop: Bool
    /// Acts on its calls where the wire has no message for it; nil for nothing.
    package var control: (any CallControl)?
    /// Records its calls' audio; nil for nothing.
    package var recorder: (any AudioRecorder)?

    /// A route.
    package init(
        path: String,
        dialect: DialectName,
        dialectOptions: BotOptions = BotOptions(),
        botName: String,
        bot: any ConversationHandler,
        session: CallSessionConfiguration,
        maximumQueue: Duration = .seconds(60),
        runsOnEventLoop: Bool = false,
        control: (any CallControl)? = nil,
        recorder: (any AudioRecorder)? = nil
    ) {
        self.path = path
        self.dialect = dialect
        self.dialectOptions = dialectOptions
        self.botName = botName
        self.bot = bot
        self.session = session
        self.maximumQueue = maximumQueue
        self.runsOnEventLoop = runsOnEventLoop
        self.control = control
        self.recorder = recorder
        self.session.outOfBandTransfers = control?.transfers
    }
}
