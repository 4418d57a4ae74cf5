// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallSession
import Testing
import VoiceBridge

@testable import BridgeServer

/// How a server that stops hands its calls over, and how it takes its leave of those that it cannot.
@Suite struct HandOverTests {
    static func yaml(_ drain: String, route: String = "bot: test") -> String {
        """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        drain: \(drain)
        routes: [{authentication: {none: true}, \(route)}]
        """
    }

    static let transfer = #"{"type":"session.transfer_ws","url":"wss://other.example.net/v1/ivr-solutions"}"#

    @Test func `A call that is quiet is moved, its bot is cancelled, and the record says where it went`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot, Self.yaml("{hand_over: 'wss://other.example.net'}")) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            serving.server.stop()
            #expect(try await client.frame()?.text == Self.transfer)
            _ = try await bot.runs.wait("end of the bot") { $0.ended == 1 ? true : nil }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.reason.side == .server && ended.reason.code == "handed_over")
            #expect(ended.summary.transfer == .bot(url: "wss://other.example.net/v1/ivr-solutions"))
        }
    }

    @Test func `A call that comes about while the server begins to stop is moved too`()
        async throws
    {
        let bot = TestBot.silent()
        let yaml = Self.yaml("{hand_over: 'wss://other.example.net', hand_over_rate: 1000}")
        try await RunningServer.run(bot, yaml) { serving in
            var clients: [RawClient] = []
            for number in 0..<5 {
                // The last one has not begun yet.
                let start = number < 4 ? Wire.start(call: "call-\(number)", stream: "stream-\(number)") : []
                clients.append(try await serving.call(following: start))
            }
            _ = try await bot.runs.wait("bots") { $0.begun == 4 ? true : nil }
            serving.server.stop()
            try await clients[4].send(Wire.start(call: "call-4", stream: "stream-4"))
            for client in clients {
                #expect(try await client.frame()?.text == Self.transfer)
                try await client.send(Wire.stop)
                #expect(try await client.closeCode() == 1000)
            }
            let codes = try await serving.observed.ended(5).map(\.reason.code)
            #expect(codes == Array(repeating: "handed_over", count: 5))
        }
    }

    @Test func `Where no platform can move a call a route must not ask for it, and the server's wish leaves it alone`()
        throws
    {
        let telnyx = "dialect: telnyx, bot: test"
        var bots = BotCatalogue()
        bots.register(BotDescription(name: "test", summary: "of a test")) { _ in TestBot.silent() }
        func served(_ yaml: String) throws -> ServedConfiguration {
            try ServedConfiguration(ServerParts(configuration: RunningServer.configuration(yaml), bots: bots))
        }
        let lent = try served(Self.yaml("{hand_over: 'wss://other.example.net'}", route: telnyx))
        #expect(lent.routes["/v1/telnyx"]?.handOvers.isEmpty == true)
        let error = #expect(throws: BridgeServerError.self) {
            _ = try served(Self.yaml("{}", route: telnyx + ", drain: {hand_over: 'wss://other.example.net/x'}"))
        }
        #expect(error?.description.contains("routes[0] (/v1/telnyx): drain.hand_over: ") == true)
    }

    /// A fifth of a second, and a file that lasts too long.
    static func goodbyes() throws -> (folder: TemporaryFolder, short: String, long: String) {
        let folder = try TemporaryFolder()
        func file(_ name: String, samples: Int) throws -> String {
            let data = [Int16](repeating: 1_000, count: samples).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            func little(_ value: Int, _ count: Int) -> [UInt8] {
                (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            }
            var wave = Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
            wave += little(1, 2) + little(1, 2) + little(8_000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2)
            return try folder.write(name, wave + Array("data".utf8) + little(data.count, 4) + data)
        }
        return (folder, try file("short.wav", samples: 1_600), try file("long.wav", samples: 31 * 8_000))
    }

    @Test func `Who is left at the deadline hears the goodbye to its end and is hung up then`() async throws {
        let (folder, short, _) = try Self.goodbyes()
        let bot = TestBot.silent()
        let yaml = Self.yaml("{goodbye: \(short)}")
        try await RunningServer.run(bot, yaml, change: { $0.limits.drainDeadline = .milliseconds(50) }) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            serving.server.stop()
            let frames = try await client.frames { $0.text == Wire.hangUp }
            let audio = frames.compactMap(Wire.audio).flatMap(\.self)
            #expect(audio.count == 3_200 && Wire.samples(audio).allSatisfy { $0 == 1_000 })
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1001)
            #expect(try await serving.observed.ended()[0].reason.code == "shutdown")
        }
        withExtendedLifetime(folder) {}
    }

    @Test func `A server that is told to hurry takes its leave at once`() async throws {
        let (folder, short, _) = try Self.goodbyes()
        let bot = TestBot.silent()
        let change: (inout BridgeConfiguration) -> Void = { $0.limits.drainDeadline = .seconds(3_600) }
        try await RunningServer.run(bot, Self.yaml("{goodbye: \(short)}"), change: change) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            serving.server.stop()
            serving.server.hurry()
            _ = try await client.frames { $0.text == Wire.hangUp }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1001)
        }
        withExtendedLifetime(folder) {}
    }

    @Test
    func `A goodbye that is no WAV file, or too long, is refused at start`()
        throws
    {
        let (folder, short, long) = try Self.goodbyes()
        let noise = try folder.write("noise.wav", Array("no WAV file".utf8))
        var bots = BotCatalogue()
        bots.register(BotDescription(name: "test", summary: "of a test")) { _ in TestBot.silent() }
        func served(_ file: String) throws -> ServedConfiguration {
            let configuration = try RunningServer.configuration(Self.yaml("{goodbye: \(file)}"))
            return try ServedConfiguration(ServerParts(configuration: configuration, bots: bots))
        }
        #expect(try served(short).routes["/v1/ivr-solutions"]?.goodbye?.audio.duration == .milliseconds(200))
        for file in [long, noise] {
            let error = #expect(throws: BridgeServerError.self) { _ = try served(file) }
            #expect(error?.description.contains("drain.goodbye: ") == true)
        }
    }
}
