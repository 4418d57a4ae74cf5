// SPDX-License-Identifier: Apache-2.0
import CallModel
import Dialects
import NIOCore
import Testing
import VoiceBridgeTesting

/// Utterances of 1 to 20,000 samples, however they come, on every platform in every format: no byte is lost, and the
/// platform takes each message that they are cut into.
@Suite struct EveryLengthTests {
    /// A platform in one of its formats, and the options of the route that speaks to it.
    struct Wire: Sendable, CustomTestStringConvertible {
        let configuration: SimulatedCallConfiguration
        let options: [String: BotOptionValue]

        var testDescription: String {
            let name = configuration.variant?.rawValue ?? configuration.dialect.rawValue
            return "\(name), \(configuration.format.encoding.rawValue) \(configuration.format.sampleRate)"
        }

        init(_ configuration: SimulatedCallConfiguration, _ format: SimulatedAudioFormat) {
            var configuration = configuration
            configuration.format = format
            configuration.frameMilliseconds = 1_000
            configuration.duration = .seconds(36_000)
            self.configuration = configuration
            switch (configuration.dialect, configuration.variant) {
            case (_, .plainText): options = [:]
            case (_, .some(let variant)): options = ["variant": .text(variant.rawValue)]
            case (.telnyx, nil):
                let codec = [.ulaw: "PCMU", .alaw: "PCMA"][format.encoding] ?? "L16"
                options = [
                    "bidirectional_codec": .text(codec),
                    "bidirectional_sampling_rate": .text("\(format.sampleRate)"),
                ]
            case (.genesys, nil): options = ["encoding": .text(format.encoding == .pcm ? "l16" : "pcmu")]
            default: options = [:]
            }
        }
    }

    static let wires =
        SimulatedDialect.allCases.flatMap { dialect in
            dialect.formats.map { Wire(SimulatedCallConfiguration(dialect), $0) }
        }
        + SimulatedVariant.allCases.flatMap { variant in
            variant.formats.map { Wire(SimulatedCallConfiguration(variant), $0) }
        }

    /// Samples in the pieces that an utterance comes in; the last piece is what is left.
    static let pieces = [13, 160, 333, 1_600, 20_000]

    @Test(arguments: wires)
    func `are cut into messages that the platform takes`(wire: Wire) throws {
        var line = try PlatformLine(wire.configuration, options: wire.options)
        let sizes = Self.sizes(line.framing, width: wire.configuration.format.bytesPerSample)
        // Where tails may have any length, a hundred of them, the shortest and the longest.
        let ordered = sizes.sorted()
        let step = max(1, ordered.count / 100)
        let told = ordered.enumerated().filter { $0.offset.isMultiple(of: step) || $0.offset == ordered.count - 1 }
        for size in told { try line.say(size.element) }
        let result = line.finish()
        #expect(result.violations == [])
        #expect(result.framesReceived == told.count)
        #expect(result.heard.filter { $0 != 0 } == line.said)
    }

    /// Bytes of all messages that utterances of 1 to 20,000 samples are cut into.
    private static func sizes(_ framing: AudioFraming, width: Int) -> Set<Int> {
        var sizes: Set<Int> = []
        // How so much is cut when nothing follows; what follows a message is cut as a shorter length is.
        for samples in 1...20_000 {
            guard let message = framing.next(waiting: samples * width, isLast: true),
                (1...samples * width).contains(message.content), message.content.isMultiple(of: width)
            else {
                Issue.record("\(samples) samples are cut wrongly")
                return sizes
            }
            sizes.insert(message.content + message.padding)
        }
        for piece in pieces {
            var waiting = 0
            for begun in stride(from: 0, to: 20_000, by: piece) {
                // An utterance that ends within this piece leaves what waits and the rest of it, which is above.
                guard waiting / width + piece <= 20_000 || begun == 0 else {
                    Issue.record("\(waiting) bytes wait of \(begun) samples")
                    return sizes
                }
                waiting += piece * width
                while let message = framing.next(waiting: waiting, isLast: false) {
                    guard message.padding == 0, (1...waiting).contains(message.content) else {
                        Issue.record("\(message) of \(waiting) bytes that go on")
                        return sizes
                    }
                    sizes.insert(message.content)
                    waiting -= message.content
                }
            }
            // What is held back is less than two messages: it grows no further.
            #expect(waiting < 2 * max(framing.bytesPerFrame, framing.minimumBytes) + framing.lookahead)
        }
        return sizes
    }
}
