// SPDX-License-Identifier: Apache-2.0

extension AudioDoctor {
    /// Reads a full block in every way.
    mutating func finishBlock() {
        filled = 0
        countIdle()
        // Taken out for the time of reading, so that it can be written and read beside the rest.
        var scratch: [Float] = []
        swap(&scratch, &self.scratch)
        defer { swap(&scratch, &self.scratch) }
        let count = read(as: declared, into: &scratch)
        statistics.add(scratch.span.extracting(0..<count))
        let gain = Predictability.gain(of: scratch.span.extracting(0..<count))
        for reading in Reading.allCases where reading != declared && isPossible(reading) {
            let count = read(as: reading, into: &scratch)
            let other = Predictability.gain(of: scratch.span.extracting(0..<count))
            readings[reading.rawValue].add(other, declared: gain)
        }
    }

    /// The reading that was declared.
    var declared: Reading {
        switch encoding {
        case .linear16: .linear
        case .g711(.muLaw): .muLaw
        case .g711(.aLaw): .aLaw
        }
    }

    /// Swapped and shifted bytes are faults of 16-bit streams only.
    func isPossible(_ reading: Reading) -> Bool {
        encoding == .linear16 || (reading != .swapped && reading != .shifted)
    }

    private func read(as reading: Reading, into scratch: inout [Float]) -> Int {
        switch reading {
        case .muLaw, .aLaw:
            let law: G711 = reading == .muLaw ? .muLaw : .aLaw
            for index in 0..<Self.blockBytes { scratch[index] = Float(law.decode(block[index])) }
            return Self.blockBytes
        case .linear, .swapped, .shifted:
            let start = reading == .shifted ? 1 : 0
            let low = reading == .swapped ? 1 : 0
            let count = Self.blockBytes / 2 - start
            for index in 0..<count {
                let place = 2 * index + start
                let bits = UInt16(block[place + low]) | UInt16(block[place + 1 - low]) << 8
                scratch[index] = Float(Int16(bitPattern: bits))
            }
            return count
        }
    }

    private mutating func countIdle() {
        var (muLaw, aLaw, linear) = (true, true, true)
        for byte in block {
            if byte | 0x80 != 0xFF { muLaw = false }
            if byte | 0x80 != 0xD5 { aLaw = false }
            if byte != 0 { linear = false }
        }
        if muLaw { idle.muLaw += 1 }
        if aLaw { idle.aLaw += 1 }
        if linear { idle.linear += 1 }
    }
}
