// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Every stretch of speech from 1 to 20,000 samples, cut by each dialect's own numbers: no byte is lost and no rule broken.
@Suite struct ChunkRuleTests {
    /// A dialect with a format of its wire.
    struct Wire: Sendable, CustomTestStringConvertible {
        let name: DialectName
        let format: AudioFormat

        var testDescription: String { "\(name.rawValue), \(format)" }
    }

    static let wires = DialectName.allCases.flatMap { name in
        name.details.formats.map { Wire(name: name, format: $0) }
    }

    /// Sizes of the messages that so many bytes are cut into, when all of them are there.
    static func cut(_ bytes: Int, by framing: AudioFraming) -> [AudioFraming.Message] {
        var messages: [AudioFraming.Message] = []
        var rest = bytes
        while let message = framing.next(waiting: rest, isLast: true) {
            messages.append(message)
            rest -= message.content
        }
        return messages
    }

    @Test(arguments: wires)
    func everyLengthIsConservedAndBreaksNoRule(wire: Wire) throws {
        let dialect = try Dialect(name: wire.name)
        let rules = try #require(dialect.framing(for: wire.format))
        let width = wire.format.encoding.bytesPerSample
        let frame = wire.format.sampleCount(for: .milliseconds(20)) * width
        let framing = rules.settled(on: max(frame, rules.bytesPerFrame), bytesPerSample: width)
        var faults = 0
        // The silence behind each length: what follows a message is cut as a shorter length was.
        var silence = [0]
        for samples in 1...20_000 {
            let waiting = samples * width
            let message = try #require(framing.next(waiting: waiting, isLast: true))
            let size = message.content + message.padding
            let rest = samples - message.content / width
            guard (1...waiting).contains(message.content), message.content.isMultiple(of: width) else {
                Issue.record("\(message) of \(waiting)")
                return
            }
            let isSound =
                (rules.minimumBytes...rules.maximumBytes).contains(size) && size.isMultiple(of: rules.multipleOfBytes)
                && message.padding.isMultiple(of: width) && (message.padding == 0 || rest == 0)
            silence.append(message.padding + silence[rest])
            // Silence is added only to reach a multiple, or the minimum where there is one message.
            let most = rest == 0 ? max(rules.minimumBytes, rules.multipleOfBytes) : rules.multipleOfBytes
            if !isSound || silence[samples] >= most { faults += 1 }
        }
        #expect(faults == 0)
    }

    /// Speech of which only a part is there.
    @Test(arguments: [
        (waiting: 0, message: nil as AudioFraming.Message?),
        (waiting: 3_199, message: nil),
        (waiting: 3_200, message: AudioFraming.Message(content: 3_200, padding: 0)),
        (waiting: 9_000, message: AudioFraming.Message(content: 3_200, padding: 0)),
    ])
    func speechThatGoesOnIsHeldUntilAMessageIsThere(waiting: Int, message: AudioFraming.Message?) {
        #expect(Self.large.next(waiting: waiting, isLast: false) == message)
    }

    @Test(arguments: [
        (bytes: 2, sizes: [3_200]), (bytes: 3_200, sizes: [3_200]), (bytes: 3_202, sizes: [3_520]),
        (bytes: 6_078, sizes: [6_080]), (bytes: 6_082, sizes: [3_200, 3_200]), (bytes: 6_400, sizes: [3_200, 3_200]),
        (bytes: 6_722, sizes: [3_200, 3_840]),
    ])
    func aRestTooShortForAMessageIsJoinedToTheOneBefore(bytes: Int, sizes: [Int]) {
        #expect(Self.cut(bytes, by: Self.large).map { $0.content + $0.padding } == sizes)
    }

    /// A message of at least 3200 bytes, in steps of 320.
    static let large = AudioFraming(
        bytesPerFrame: 3_200,
        minimumBytes: 3_200,
        maximumBytes: 100_000,
        multipleOfBytes: 320
    )

    @Test func theSteadyStateIsBroughtWithinTheRules() {
        let settled = Self.large.settled(on: 320, bytesPerSample: 2)
        #expect(settled.bytesPerFrame == 3_200)
        #expect(settled.maximumBytes == 99_840)
        #expect(Self.large.settled(on: 4_000, bytesPerSample: 2).bytesPerFrame == 4_160)
        #expect(Self.large.settled(on: 200_000, bytesPerSample: 2).bytesPerFrame == 99_840)
        let odd = AudioFraming(bytesPerFrame: 1, minimumBytes: 1, maximumBytes: 9, multipleOfBytes: 1)
        #expect(
            odd.settled(on: 3, bytesPerSample: 2)
                == AudioFraming(bytesPerFrame: 4, minimumBytes: 2, maximumBytes: 8, multipleOfBytes: 2)
        )
    }
}
