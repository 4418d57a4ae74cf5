// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import TestSupport
import Testing

/// Whatever comes on whichever dialect, a message costs at most itself.
@Suite struct DialectMutationTests {
    @Test(arguments: DialectMessages.calls.map(\.name))
    func noMessageEndsMoreThanItself(name: DialectName) throws {
        let seeds = try #require(DialectMessages.calls.first { $0.name == name }).messages.map { Array($0.utf8) }
        var random = RandomNumbers(seed: 11)
        var dialect = try Dialect(name: name) { 7 }
        var read = 0
        var buffer = ByteBuffer()
        for round in 0..<4_000 {
            let text = JSONMutationTests.mutated(seeds[round % seeds.count], &random)
            do {
                _ = try dialect.decode(text: text.span)
                read += 1
            } catch {
                #expect(error.description.utf8.count < 400)
            }
            guard round.isMultiple(of: 100) else { continue }
            var media: CallEvent?
            for seed in seeds {
                let event = try dialect.decode(text: seed.span)
                if case .media = event { media = event }
            }
            #expect(media != nil)
            buffer.clear()
            #expect(try dialect.encode(.clear, into: &buffer) == .text)
            _ = try JSONDocument.parse(Array(buffer.readableBytesView))
        }
        #expect(read > 400)
    }

    /// Platforms of other families, of which one numbers its messages: each message comes in its place in a new call.
    @Test(arguments: DialectMessages.others)
    func noCallOfOthersEndsMoreThanItself(name: DialectName, messages: [String]) throws {
        var seeds = messages.map { Array($0.utf8) }
        if name == .asterisk { seeds += AsteriskGoldenTests.allWords.map { Array($0.utf8) } }
        var random = RandomNumbers(seed: 12)
        var read = 0
        let first = messages[0]
        for round in 0..<4_000 {
            var dialect = try Dialect(name: name) { 7 }
            let place = round % seeds.count
            for seed in seeds[..<place] { _ = try dialect.decode(text: seed.span) }
            var buffer = ByteBuffer()
            while dialect.takeReply(into: &buffer) != .none { buffer.clear() }
            let text = JSONMutationTests.mutated(seeds[place], &random)
            do {
                _ = try dialect.decode(text: text.span)
                read += 1
            } catch {
                #expect(error.description.utf8.count < 400)
            }
            var replies = 0
            while dialect.takeReply(into: &buffer) != .none { replies += 1 }
            #expect(replies <= 2)
            _ = try dialect.event(binary: [1, 2, 3])
            guard place == 0, name != .genesys else { continue }
            guard case .start = try dialect.event(first) else { continue }
            #expect(try dialect.encode(.clear, into: &buffer) == .text)
        }
        #expect(read > 400)
    }
}
