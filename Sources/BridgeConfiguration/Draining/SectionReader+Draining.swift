// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension SectionReader {
    /// `drain`.
    func readDrain(_ section: MappingReader?) -> DrainConfiguration {
        var drain = DrainConfiguration()
        guard var section else { return drain }
        if let node = section.take("hand_over"), !node.isWord("off") { drain.handOver = node.publicURL(isPlain: false) }
        drain.handOverRate = section.integer("hand_over_rate", in: 1...1_000, default: drain.handOverRate)
        drain.goodbye = section.take("goodbye").flatMap { $0.file("the WAV file of the goodbye") }
        section.finish()
        return drain
    }

    /// `drain` of one route.
    func readRouteDrain(_ section: MappingReader?) -> RouteDrain {
        var drain = RouteDrain()
        guard var section else { return drain }
        if let node = section.take("hand_over") {
            drain.handOver = node.isWord("off") ? .off : node.publicURL(isPlain: false).map { .url($0) } ?? .server
        }
        drain.goodbye = section.take("goodbye").flatMap { $0.file("the WAV file of the goodbye") }
        section.finish()
        return drain
    }
}
