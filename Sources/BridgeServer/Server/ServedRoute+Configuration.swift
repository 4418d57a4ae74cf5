// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import CallSession
import Dialects
import NIOCore
import VoiceBridge
import WebSocketWire

extension ServedRoute {
    /// A route of a checked configuration; makes its bot and reads its apology.
    ///
    /// `index` is its place in the configuration.
    init(_ route: RouteConfiguration, index: Int, _ parts: ServerParts) throws {
        let (listen, limits) = (parts.configuration.listen, parts.configuration.limits)
        let (bots, callControls) = (parts.bots, parts.callControls)
        let place = "routes[\(index)] (\(route.path))"
        guard let dialectName = DialectName(rawValue: route.dialect) else {
            throw BridgeServerError("\(place): there is no dialect '\(route.dialect)'")
        }
        let details = dialectName.details
        let bot: any ConversationHandler
        do {
            guard let made = try bots.make(route.bot, route.botOptions) else {
                let names = bots.descriptions.map(\.name).joined(separator: ", ")
                throw BridgeServerError("there is no bot '\(route.bot)'; choose one of \(names)")
            }
            bot = made
        } catch {
            throw BridgeServerError("\(place): bot: \(error)")
        }
        let capabilities: DialectCapabilities
        do {
            capabilities = try Dialect(name: dialectName, options: route.dialectOptions).capabilities
        } catch {
            throw BridgeServerError("\(place): dialect_options: \(error)")
        }
        let control: (any CallControl)?
        do {
            control = try route.callControl.map { try callControls.make($0.platform, $0.options) }
        } catch {
            throw BridgeServerError("\(place): call_control: \(error)")
        }
        handOvers = try Self.handOvers(of: route, parts.configuration.drain, capabilities, control, place: place)
        goodbye = try Self.goodbye(of: route, parts.configuration.drain, place: place)
        AudioTables.prepare(for: bot.audioFormat)
        path = route.path
        doors = RouteDoor.doors(of: route, listen)
        handshake = HandshakeConfiguration(
            subprotocols: route.webSocket.subprotocols.isEmpty ? details.subprotocols : route.webSocket.subprotocols,
            compression: route.webSocket.compression ? CompressionConfiguration() : nil
        )
        webSocket = WebSocketConfiguration(
            role: .server,
            limits: MessageLimits(
                maximumMessageBytes: route.limits.messageBytes,
                maximumFragments: route.limits.fragments
            ),
            pingInterval: details.takesPings ? TimeAmount(route.webSocket.pingInterval) : nil,
            livenessTimeout: TimeAmount(route.webSocket.peerTimeout)
        )
        var session = try CallSessionConfiguration(
            route,
            bot: bot.audioFormat,
            capabilities: capabilities,
            limits: limits,
            place: place
        )
        session.farewellPatience = details.closesItself ? Self.farewellPatience : nil
        do {
            session.recording = try RecordingRules(route.recording)
        } catch {
            throw BridgeServerError("\(place): recording.consent_prompt: \(error)")
        }
        call = CallRoute(
            path: route.path,
            dialect: dialectName,
            dialectOptions: route.dialectOptions,
            botName: route.bot,
            bot: bot,
            session: session,
            maximumQueue: route.audio.maximumQueue,
            runsOnEventLoop: route.executor == .eventLoop,
            control: control,
            recorder: session.recording == nil ? nil : parts.recorder
        )
    }

    /// The longest goodbye: a server that stops has to end.
    static let longestGoodbye = Duration.seconds(30)

    private static func handOvers(
        of route: RouteConfiguration,
        _ drain: DrainConfiguration,
        _ capabilities: DialectCapabilities,
        _ control: (any CallControl)?,
        place: String
    ) throws -> [String?: HandOverDestination] {
        let canMove = capabilities.transfers.contains(.bot) || control?.transfers.contains(.bot) == true
        if case .url = route.drain.handOver, !canMove {
            throw BridgeServerError(
                "\(place): drain.hand_over: neither \(route.dialect) nor its call control can move a call to another URL"
            )
        }
        guard canMove else { return [:] }
        let shares = route.tenants.map { ($0.name as String?, $0.authentication) }
        let doors = shares.isEmpty ? [(route.tenant, route.authentication)] : shares
        var destinations: [String?: HandOverDestination] = [:]
        for (tenant, authentication) in doors {
            destinations[tenant] = HandOverDestination(route, drain, authentication)
        }
        return destinations
    }

    private static func goodbye(
        of route: RouteConfiguration,
        _ drain: DrainConfiguration,
        place: String
    ) throws -> Prompt? {
        guard let file = route.drain.goodbye ?? drain.goodbye else { return nil }
        do {
            let prompt = try Prompt(contentsOfFile: file)
            guard prompt.audio.duration <= longestGoodbye else {
                throw BridgeServerError("\(file) lasts \(prompt.audio.duration), at most \(longestGoodbye); shorten it")
            }
            return prompt
        } catch {
            throw BridgeServerError("\(place): drain.goodbye: \(error)")
        }
    }

    /// How long a platform that closes the socket itself is waited for.
    private static let farewellPatience = Duration.seconds(2)
}

extension RecordingRules {
    /// A route's settings; nil where it does not record.
    fileprivate init?(_ settings: RouteRecording) throws {
        guard settings.isRecorded else { return nil }
        switch settings.consent {
        case .none: self.init(pausesForDigits: settings.pausesForDigits)
        case .bot: self.init(consent: .bot, pausesForDigits: settings.pausesForDigits)
        case .prompt(let file):
            let prompt = try Prompt(contentsOfFile: file)
            self.init(consent: .announced(prompt), pausesForDigits: settings.pausesForDigits)
        }
    }
}

extension CallSessionConfiguration {
    init(
        _ route: RouteConfiguration,
        bot format: AudioFormat,
        capabilities: DialectCapabilities,
        limits: ServerLimits,
        place: String
    ) throws {
        self.init(botFormat: format, capabilities: capabilities)
        usesMarks = capabilities.marks
        announcesUtteranceEnd = true
        lead = route.audio.lead
        frame = route.audio.frame
        startThreshold = route.audio.startThreshold
        preBuffer = route.audio.preBuffer
        startTimeout = route.limits.startTimeout
        maximumDuration = route.limits.maximumCallDuration
        silenceTimeout = route.limits.silenceTimeout
        botGrace = limits.overdueBotGrace
        detectsSpeech = route.bargeIn.speech || route.limits.silenceTimeout != nil
        speechInterrupts = route.bargeIn.speech
        bargeInDebounce = route.bargeIn.debounce
        bargeInMargin = Double(route.bargeIn.margin)
        confirmation = route.bargeIn.confirmation
        guardsEcho = route.bargeIn.echoGuard
        echoTail = route.bargeIn.echoTail
        take(route.turn)
        detectsKeys = route.audio.detectsDTMF
        examinesAudio = route.audio.doctor
        guard let file = route.apology else { return }
        do {
            apology = try Prompt(contentsOfFile: file)
        } catch {
            throw BridgeServerError("\(place): apology: \(error)")
        }
    }

    private mutating func take(_ turn: TurnSettings) {
        speechOnset = turn.speechOnset
        speechHangOver = turn.hangOver
        minimumTurnWait = turn.minimumWait
        maximumTurnWait = turn.maximumWait
        longestTurn = turn.longest
        idleTime = turn.idle
        idleRepeats = turn.idleRepeats
    }
}
