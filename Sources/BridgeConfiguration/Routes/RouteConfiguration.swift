// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A path with its dialect, its authentication, its bot and its limits (an entry of `routes`).
package struct RouteConfiguration: Sendable, Equatable {
    /// `path`: absolute, without query, unlike every other.
    ///
    /// Default `/v1/<dialect>`.
    package var path: String
    /// `dialect`: the wire language of the platform that connects here.
    ///
    /// Default `ivr-solutions`.
    package var dialect: String
    /// `dialect_options`, checked against the dialect's ``DialectSchema``, defaults filled in.
    package var dialectOptions: BotOptions
    /// `authentication`: what a platform must show before its upgrade is accepted.
    ///
    /// No default: it must be said. On a route that several share it is the first one's, and ``tenants`` counts.
    package var authentication: RouteAuthentication
    /// `tenant`: whose calls these are, a name of `tenants`.
    ///
    /// Default nobody's.
    package var tenant: String?
    /// `tenants`: those who share this route, each with an `authentication` of its own; none by default.
    package var tenants: [RouteTenant] = []
    /// `bot`: the name of the bot that answers.
    ///
    /// Default `receptionist`.
    package var bot: String
    /// `bot_options`, checked against the bot's description, defaults filled in.
    package var botOptions: BotOptions
    /// `executor`: where the bot's task runs.
    ///
    /// Default `pool`.
    package var executor: BotExecutor
    /// `audio`: pace and depth of the queues.
    package var audio: AudioSettings
    /// `websocket`: what is negotiated, and how a dead peer is found.
    package var webSocket: WebSocketSettings
    /// `limits`: bounds of this route; the server's where it sets none.
    package var limits: RouteLimits
    /// `barge_in`: when the caller's speech stops the bot.
    package var bargeIn: BargeInSettings
    /// `turn`: when the caller speaks, and when a turn is over.
    package var turn: TurnSettings
    /// `drain`: what becomes of its live calls when the server stops.
    package var drain: RouteDrain
    /// `apology`: a WAV file played to the caller when the bot fails, before the hang-up.
    ///
    /// Default none: silence.
    package var apology: String?
    /// `recording`: whether its calls' audio is recorded, and after what.
    package var recording = RouteRecording()
    /// `config_api`: the path of the platform's CONFIG_API request, answered with our public URL and the headers to
    /// send; nil where it is not served.
    ///
    /// Default `<path>/config` when the dialect has such a request and `listen.public_url` is set.
    package var configAPIPath: String?
    /// `call_control`: how calls are ended and transferred where the wire has no message for it.
    ///
    /// Default none: what the wire does not carry throws.
    package var callControl: CallControlConfiguration?

    /// A route of parts that were checked elsewhere; defaults are those of an empty entry.
    package init(
        path: String,
        dialect: String,
        dialectOptions: BotOptions = BotOptions(),
        authentication: RouteAuthentication,
        tenant: String? = nil,
        bot: String,
        botOptions: BotOptions = BotOptions(),
        executor: BotExecutor = .pool,
        audio: AudioSettings = AudioSettings(),
        webSocket: WebSocketSettings = WebSocketSettings(),
        limits: RouteLimits = RouteLimits(),
        bargeIn: BargeInSettings = BargeInSettings(),
        turn: TurnSettings = TurnSettings(),
        drain: RouteDrain = RouteDrain(),
        apology: String? = nil,
        configAPIPath: String? = nil,
        callControl: CallControlConfiguration? = nil
    ) {
        self.path = path
        self.dialect = dialect
        self.dialectOptions = dialectOptions
        self.authentication = authentication
        self.tenant = tenant
        self.bot = bot
        self.botOptions = botOptions
        self.executor = executor
        self.audio = audio
        self.webSocket = webSocket
        self.limits = limits
        self.bargeIn = bargeIn
        self.turn = turn
        self.drain = drain
        self.apology = apology
        self.configAPIPath = configAPIPath
        self.callControl = callControl
    }
}

/// Where the task of a bot runs (`executor`).
package enum BotExecutor: String, Sendable, CaseIterable {
    /// On the bots' own threads; a bot that computes delays no audio.
    case pool
    /// On the call's event loop: cheaper per chunk, and a bot that computes delays every call of that loop.
    case eventLoop = "event-loop"
}
