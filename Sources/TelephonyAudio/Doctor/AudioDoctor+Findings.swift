// SPDX-License-Identifier: Apache-2.0

extension AudioDoctor {
    /// A reading must be this much easier to foretell than the declared one, decibels.
    private static let clearlyBetter: Float = 2
    /// … and this easy by itself.
    private static let foretold: Float = 3
    /// Blocks that are needed for a verdict about the encoding.
    private static let neededBlocks = 12
    private static let knownRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000]

    /// All that is wrong as far as is known, the worst first; empty when nothing is, or nothing yet.
    package var findings: [AudioFinding] {
        var found: [AudioFinding.Fault] = []
        if let offset = header.offset { found.append(.header(at: offset)) }
        var actual = encoding
        if let fault = encodingFault {
            found.append(fault)
            if case .encoding(_, let other) = fault { actual = other }
        } else {
            found += levelFaults
        }
        // One byte a sample cannot be odd, whatever was declared.
        if oddMessages > 0, actual == .linear16 { found.append(.oddBytes(messages: oddMessages)) }
        if let fault = rateFault(actual) { found.append(fault) }
        return found.map { AudioFinding(fault: $0, side: side(of: $0)) }
    }

    private func side(of fault: AudioFinding.Fault) -> AudioFinding.Side {
        if direction == .fromBot { return .bot }
        switch fault {
        case .directCurrent, .clipping, .deadSilence: return .caller
        case .encoding, .byteOrder, .shiftedByte, .header, .oddBytes, .rate: return .platform
        }
    }

    private var encodingFault: AudioFinding.Fault? {
        var (best, bestAdvantage): (Reading?, Float) = (nil, Self.clearlyBetter)
        for reading in Reading.allCases where reading != declared && isPossible(reading) {
            let found = readings[reading.rawValue]
            guard found.blocks >= Self.neededBlocks, found.gain >= Self.foretold else { continue }
            if found.advantage >= bestAdvantage { (best, bestAdvantage) = (reading, found.advantage) }
        }
        return best.map { fault(of: $0) } ?? idleFault
    }

    private func fault(of reading: Reading) -> AudioFinding.Fault {
        switch reading {
        case .swapped: .byteOrder
        case .shifted: .shiftedByte
        case .linear: .encoding(declared: encoding, actual: .linear16)
        case .muLaw: .encoding(declared: encoding, actual: .g711(.muLaw))
        case .aLaw: .encoding(declared: encoding, actual: .g711(.aLaw))
        }
    }

    /// Silence has a code of its own in each encoding, which is a loud constant in most others.
    private var idleFault: AudioFinding.Fault? {
        if declared != .muLaw, idle.muLaw >= Self.neededBlocks { return fault(of: .muLaw) }
        if declared != .aLaw, idle.aLaw >= Self.neededBlocks { return fault(of: .aLaw) }
        if declared != .linear, idle.linear >= Self.neededBlocks { return fault(of: .linear) }
        return nil
    }

    private var levelFaults: [AudioFinding.Fault] {
        let milliseconds = statistics.count * 1000 / max(rate, 1)
        if statistics.isDead {
            return milliseconds >= 4000 ? [.deadSilence(milliseconds: milliseconds)] : []
        }
        var faults: [AudioFinding.Fault] = []
        let clipped = statistics.clipped * 1_000_000 / max(statistics.count, 1)
        let isClipped = milliseconds >= 500 && clipped >= 2000
        // Over a second, so that no low note counts as direct current. Voices are not symmetric: cut off at full
        // scale they have a mean of their own.
        if milliseconds >= 1000, abs(statistics.mean) >= (isClipped ? 4000 : 1000) {
            faults.append(.directCurrent(mean: Int(statistics.mean.rounded())))
        }
        if isClipped { faults.append(.clipping(partsPerMillion: clipped)) }
        return faults
    }

    /// Counts samples of the encoding that the bytes are, so that one fault does not look like two.
    private func rateFault(_ actual: StreamEncoding) -> AudioFinding.Fault? {
        guard let bytes = clock.bytesPerSecond, rate > 0 else { return nil }
        let measured = bytes / Double(actual.bytesPerSample)
        guard abs(measured / Double(rate) - 1) > 0.06 else { return nil }
        let near = Self.knownRates.first { abs(measured / Double($0) - 1) < 0.04 }
        return .rate(declared: rate, measured: near ?? Int(measured.rounded()))
    }
}
