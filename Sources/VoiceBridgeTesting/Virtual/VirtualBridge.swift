// SPDX-License-Identifier: Apache-2.0

package import BridgeServer
public import CallModel
public import CallSession
package import Dialects
import NIOCore
import Synchronization
public import VoiceBridge

/// The real server's side of one call in virtual time: dialect, session and bot, without a socket.
///
/// The bot runs on the caller's thread, between two instants of virtual time, so that a call is the same on every run. It may
/// wait for its call only: what sleeps or asks the network comes back at no particular virtual time.
public final class VirtualBridge: VirtualServer {
    private let loop = VirtualLoop()
    private let executor = VirtualExecutor()
    private let transport = Transport()
    private let observer = Observer()
    private let engine: CallEngine
    private var isClosed = false

    /// The call's figures, once everything about it is settled.
    public var summary: CallSummary? { observer.summaries.first }
    /// How often the call was reported to be over: once, when all is well.
    public var endCount: Int { observer.summaries.count }

    /// A server whose bot answers one call.
    ///
    /// - Parameters:
    ///   - bot: the bot.
    ///   - dialectOptions: options of the IVR Solutions dialect, such as `marks`.
    ///   - lead: how far ahead of real time audio is sent.
    /// - Throws: when an option has a bad value.
    public convenience init(
        bot: any ConversationHandler,
        dialectOptions: BotOptions = BotOptions(),
        lead: Duration = .milliseconds(200)
    ) throws {
        try self.init(bot: bot, dialectOptions: dialectOptions) { $0.lead = lead }
    }

    /// A server whose bot answers one call, with further settings of the session.
    package init(
        bot: any ConversationHandler,
        dialect: DialectName = .ivrSolutions,
        dialectOptions: BotOptions = BotOptions(),
        recorder: (any AudioRecorder)? = nil,
        configure: (inout CallSessionConfiguration) -> Void
    ) throws {
        let capabilities = try Dialect(name: dialect, options: dialectOptions).capabilities
        var session = CallSessionConfiguration(botFormat: bot.audioFormat, capabilities: capabilities)
        session.usesMarks = capabilities.marks
        session.announcesUtteranceEnd = true
        session.farewellPatience = dialect.details.closesItself ? .seconds(2) : nil
        configure(&session)
        engine = try CallEngine(
            route: CallRoute(
                path: "/virtual",
                dialect: dialect,
                dialectOptions: dialectOptions,
                botName: "virtual",
                bot: bot,
                session: session,
                recorder: recorder
            ),
            loop: loop,
            executor: executor,
            observer: observer,
            connectionID: "virtual"
        )
        engine.connect(to: transport)
    }

    /// Hands the call a text message.
    public func receive(text: String, at now: Duration) {
        turn(at: now) { engine.receive(text: text.utf8.span, at: $0) }
    }

    /// Hands the call a binary message.
    public func receive(binary: [UInt8], at now: Duration) {
        turn(at: now) { engine.receive(binary: binary.span, at: $0) }
    }

    /// Tells the call that its socket is gone.
    public func receiveClose(code: UInt16?, at now: Duration) {
        turn(at: now) {
            if let code { engine.platformClosed(code, at: $0) } else { engine.socketClosed(nil, at: $0) }
        }
    }

    /// When ``advance(to:)`` has something to do.
    public var nextDeadline: Duration? { engine.nextDeadline.map { VirtualLoop.time(of: $0) } }

    /// Does everything that is due.
    public func advance(to now: Duration) { turn(at: now) { engine.advance(at: $0) } }

    /// The next message or close frame, in order.
    public func nextOutput() -> VirtualServerOutput? {
        transport.outputs.isEmpty ? nil : transport.outputs.removeFirst()
    }

    /// Lets virtual time pass until the call is settled, for what comes after the socket is gone.
    ///
    /// - Returns: the call's figures; nil when it does not settle within a minute of virtual time.
    public func settle(from now: Duration) -> CallSummary? {
        var time = now
        turn(at: time) { engine.socketClosed(nil, at: $0) }
        while summary == nil, let next = nextDeadline, next <= now + .seconds(60) {
            time = max(time, next)
            advance(to: time)
        }
        return summary
    }

    /// Does one thing and everything that follows from it at the same instant.
    private func turn(at time: Duration, _ body: (CallInstant) -> Void) {
        loop.set(time)
        body(loop.now)
        engine.carryOut()
        repeat {
            if transport.isClosed, !isClosed {
                isClosed = true
                engine.socketClosed(nil, at: loop.now)
                engine.carryOut()
            }
            loop.run()
            executor.run()
            engine.carryOut()
        } while loop.hasWork || executor.hasWork || (transport.isClosed && !isClosed)
    }
}

extension VirtualBridge {
    private final class Transport: CallTransport {
        var outputs: [VirtualServerOutput] = []
        var isClosed = false

        func send(text: ByteBuffer) {
            if !isClosed { outputs.append(.text(Array(text.readableBytesView))) }
        }

        func send(binary: ByteBuffer) {
            if !isClosed { outputs.append(.binary(Array(binary.readableBytesView))) }
        }

        func close(code: UInt16, reason: String) {
            guard !isClosed else { return }
            isClosed = true
            outputs.append(.close(code: code, reason: reason))
        }
    }
}

extension VirtualBridge {
    private final class Observer: CallObserver {
        private let ended = Mutex<[CallSummary]>([])

        var summaries: [CallSummary] { ended.withLock { $0 } }

        func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
            ended.withLock { $0.append(summary) }
        }
    }
}
