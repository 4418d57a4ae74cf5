// SPDX-License-Identifier: Apache-2.0

/// SHA-256 written out from FIPS 180-4, to pin tables in tests without the code under test.
package enum PlainSHA256 {
    /// The digest as lower-case hexadecimal digits.
    package static func hexadecimal(_ message: [UInt8]) -> String {
        let primes = Array(firstPrimes(64))
        let constants = primes.map { fraction(of: Double($0), root: 3) }
        var state = primes.prefix(8).map { fraction(of: Double($0), root: 2) }
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: (message.count * 8) >> shift))
        }
        for start in stride(from: 0, to: padded.count, by: 64) {
            var words = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + 4 * word + $1]) }
            }
            for index in 16..<64 {
                let early = words[index - 15]
                let late = words[index - 2]
                let first = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
                let second = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            var round = state
            for index in 0..<64 {
                let (a, b, c, e) = (round[0], round[1], round[2], round[4])
                let choice = (e & round[5]) ^ (~e & round[6])
                let majority = (a & b) ^ (a & c) ^ (b & c)
                let sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
                let sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
                let first = round[7] &+ sumE &+ choice &+ constants[index] &+ words[index]
                round = [first &+ sumA &+ majority, a, b, c, round[3] &+ first, e, round[5], round[6]]
            }
            for index in 0..<8 { state[index] = state[index] &+ round[index] }
        }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 { value >> count | value << (32 - count) }

    private static func firstPrimes(_ count: Int) -> [Int] {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < count {
            if !primes.contains(where: { candidate % $0 == 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }

    /// The first 32 bits behind the point of the square or cube root, by Newton's steps.
    private static func fraction(of value: Double, root: Int) -> UInt32 {
        var estimate = value.squareRoot()
        if root == 3 {
            for _ in 0..<60 { estimate -= (estimate * estimate * estimate - value) / (3 * estimate * estimate) }
        }
        return UInt32((estimate - estimate.rounded(.down)) * 4_294_967_296)
    }
}
