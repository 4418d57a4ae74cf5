// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Logging
import NIOCore
import NIOPosix
import VoiceBridge

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// As many bots as the machine has cores compute for two seconds of CPU each, beside fifty calls on which bots speak and
/// keys are pressed: the audio of the fifty must not come later than without, nor may a bot learn late of a key.
///
///     SpinningBots CONFIGURATION [greedy]
///
/// With `greedy` sixteen bots compute until the round is over, which is more than there are threads, and two calls more pour
/// audio into the server as fast as it takes it.
///
/// Prints the figures of three rounds and succeeds when two hold both bounds; other work on the machine spoils a round now
/// and then.
@main
struct SpinningBots {
    static let calls = 50
    static let mostRise = 5.0
    static let mostDelay = 50.0

    static func main() async throws {
        let measures = Measures()
        let rounds = Rounds(isGreedy: CommandLine.arguments.contains("greedy"))
        var bots = BotCatalogue()
        bots.register(BotDescription(name: "talking", summary: "speaks")) { _ in TalkingBot(measures: measures) }
        bots.register(BotDescription(name: "spinning", summary: "computes")) { _ in SpinningBot(rounds: rounds) }
        let file = CommandLine.arguments.dropFirst().first ?? "spinning-bots.yaml"
        let logger = Logger(label: "spinning-bots") { _ in SwiftLogNoOpLogHandler() }
        let server = try BridgeServer(configurationFile: file, bots: bots, logger: logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let serving = Task { try await server.run { port.yield($0.port) } }
        var listening = ports.makeAsyncIterator()
        guard let bound = await listening.next() else { fail("the server does not listen") }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var windows: [(quiet: Range<Int64>, spun: Range<Int64>)] = []
        let others = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channels = try await open(bound, group, measures, rounds) + flood(bound, others, rounds)
        try await Task.sleep(for: .seconds(3))
        for _ in 0..<3 {
            let start = Measures.now
            try await Task.sleep(for: .seconds(4))
            let spinning = Measures.now
            rounds.begin()
            if rounds.isGreedy { try await Task.sleep(for: .seconds(5)) }
            while !rounds.isGreedy, rounds.doneCount < System.coreCount {
                guard Measures.now < spinning + 25_000_000_000 else { fail("the bots that spin do not come to an end") }
                try await Task.sleep(for: .milliseconds(20))
            }
            windows.append((start..<spinning, spinning..<Measures.now))
            rounds.end()
            try await Task.sleep(for: .seconds(1))
        }
        for channel in channels { try? await channel.close() }
        server.stop()
        try await serving.value
        try? await group.shutdownGracefully()
        try? await others.shutdownGracefully()
        report(measures, windows, rounds)
    }

    private static func open(
        _ port: Int,
        _ group: MultiThreadedEventLoopGroup,
        _ measures: Measures,
        _ rounds: Rounds
    ) async throws -> [any Channel] {
        var channels: [any Channel] = []
        for number in 0..<calls + (rounds.isGreedy ? 16 : System.coreCount) {
            let isTalking = number < calls
            channels.append(
                try await ClientBootstrap(group: group)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let call = MeasuredCall(
                                path: isTalking ? "/talking" : "/spinning",
                                caller: "98\(10_000_000 + number)",
                                measures: measures,
                                pressesKeys: isTalking
                            )
                            try channel.pipeline.syncOperations.addHandler(call)
                        }
                    }
                    .connect(host: "127.0.0.1", port: port)
                    .get()
            )
        }
        return channels
    }

    /// Calls that send more than they should; none but for a greedy tenant.
    private static func flood(
        _ port: Int,
        _ group: MultiThreadedEventLoopGroup,
        _ rounds: Rounds
    ) async throws -> [any Channel] {
        var channels: [any Channel] = []
        for number in 0..<(rounds.isGreedy ? 2 : 0) {
            channels.append(
                try await ClientBootstrap(group: group)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let flood = Flood(path: "/spinning", caller: "99\(10_000_000 + number)", rounds: rounds)
                            try channel.pipeline.syncOperations.addHandler(flood)
                        }
                    }
                    .connect(host: "127.0.0.1", port: port)
                    .get()
            )
        }
        return channels
    }

    private static func report(
        _ measures: Measures,
        _ windows: [(quiet: Range<Int64>, spun: Range<Int64>)],
        _ rounds: Rounds
    ) {
        var goodRounds = 0
        let spinners = rounds.isGreedy ? 16 : System.coreCount
        if rounds.isGreedy { print("\(rounds.pouredSeconds) s of audio were poured into two calls") }
        if rounds.isGreedy, rounds.pouredSeconds < 100 { fail("nothing was poured into the server") }
        for (number, window) in windows.enumerated() {
            let quiet = measures.lateness(from: window.quiet.lowerBound, to: window.quiet.upperBound)
            let spun = measures.lateness(from: window.spun.lowerBound, to: window.spun.upperBound)
            let keys = measures.keyDelays(from: window.spun.lowerBound, to: window.spun.upperBound)
            let rise = spun.quantile(0.99) - quiet.quantile(0.99)
            let slowest = keys.max() ?? 0
            print(
                "round \(number + 1): \(spinners) bots spin for \(milliseconds(window.spun)) ms;"
                    + " frames late by p99 \(text(quiet.quantile(0.99))) ms before (\(quiet.count) frames),"
                    + " \(text(spun.quantile(0.99))) ms meanwhile (\(spun.count));"
                    + " keys told after p99 \(text(keys.quantile(0.99))) ms, at most \(text(slowest)) ms (\(keys.count))"
            )
            let hasMeasured = quiet.count > calls * 100 && spun.count > calls * 50 && keys.count > calls
            if hasMeasured, rise < mostRise, slowest <= mostDelay { goodRounds += 1 }
        }
        if measures.lostKeys > calls { fail("\(measures.lostKeys) keys were told to nobody") }
        guard goodRounds >= 2 else {
            fail(
                "fewer than two rounds held p99 to a rise of \(text(mostRise)) ms and every key to \(text(mostDelay)) ms"
            )
        }
    }

    private static func milliseconds(_ range: Range<Int64>) -> Int { range.count / 1_000_000 }

    private static func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    private static func fail(_ text: String) -> Never {
        print("spinning bots: \(text)")
        exit(1)
    }
}
