// SPDX-License-Identifier: Apache-2.0

extension AudioDoctor {
    /// Reads a full block in every way.
    mutating func finishBlock() {
        filled = 0
        countIdle()
        // Taken out for the time of reading, so that it can be written and read beside the rest.
        var scratch: [Int16] = []
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

    private func read(as reading: Reading, into scratch: inout [Int16]) -> Int {
        var room = scratch.mutableSpan
        switch reading {
        case .muLaw, .aLaw:
            let law: G711 = reading == .muLaw ? .muLaw : .aLaw
            law.decode(block.span, into: &room)
            return Self.blockBytes
        case .linear, .swapped, .shifted:
            let start = reading == .shifted ? 1 : 0
            let count = Self.blockBytes / 2 - start
            LittleEndianPCM.decode(block.span.extracting(start..<start + 2 * count), into: &room)
            if reading == .swapped {
                for index in 0..<count { room[index] = room[index].byteSwapped }
            }
            return count
        }
    }

    private mutating func countIdle() {
        // Bits in which any byte differs, so that the loop has no branch.
        var (muLaw, aLaw, linear): (UInt8, UInt8, UInt8) = (0, 0, 0)
        for byte in block {
            muLaw |= (byte | 0x80) ^ 0xFF
            aLaw |= (byte | 0x80) ^ 0xD5
            linear |= byte
        }
        if muLaw == 0 { idle.muLaw += 1 }
        if aLaw == 0 { idle.aLaw += 1 }
        if linear == 0 { idle.linear += 1 }
    }
}
