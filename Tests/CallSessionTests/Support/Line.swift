// SPDX-License-Identifier: Apache-2.0

/// What the caller's telephone plays and its microphone takes, in linear samples at 8 kHz, by time.
struct Line {
    /// Everything that was or is to be played, by its sample's time.
    private var played: [Int16]
    /// How long the echo is under way.
    var echoDelay: Int = 60
    /// How much of what is played comes back; nil for none.
    var echoGain: Double?
    private var noise = Seeded(1)

    init(seconds: Int) { played = [Int16](repeating: 0, count: seconds * 8_000) }

    private func place(_ nanoseconds: Int64) -> Int { Int(nanoseconds / 125_000) }

    mutating func play(_ bytes: ArraySlice<UInt8>, from nanoseconds: Int64) {
        let first = place(nanoseconds)
        for (index, sample) in Signal.samples(Array(bytes)).enumerated() where first + index < played.count {
            played[first + index] = sample
        }
    }

    mutating func clear(at nanoseconds: Int64) {
        for index in min(played.count, place(nanoseconds))..<played.count { played[index] = 0 }
    }

    /// What the microphone takes in the 20 ms before a time: the caller's own sound, the echo, and a little noise.
    mutating func take(_ caller: ArraySlice<Int16>, before nanoseconds: Int64) -> [Int16] {
        let first = place(nanoseconds) - 160
        return (0..<160).map { index in
            var sample = Double(Int.random(in: -30...30, using: &noise))
            if index < caller.count { sample += Double(caller[caller.startIndex + index]) }
            let source = first + index - echoDelay * 8
            if let echoGain, played.indices.contains(source) { sample += echoGain * Double(played[source]) }
            return Int16(max(-32_768, min(32_767, sample)))
        }
    }
}

extension Driver {
    /// The caller makes these sounds (at 8 kHz, each at its time in milliseconds) until `end`, over what comes back of the bot.
    mutating func listen(to caller: [(time: Int, sound: [Int16])] = [], until end: Int) {
        while now < Int64(end) * 1_000_000 {
            run(untilNanoseconds: now + 20_000_000)
            var own = [Int16](repeating: 0, count: 160)
            for (time, sound) in caller {
                let first = Int(now / 125_000) - 160 - time * 8
                for index in 0..<160 where sound.indices.contains(first + index) { own[index] &+= sound[first + index] }
            }
            guard let taken = line?.take(own[...], before: now) else { return }
            media(taken)
        }
    }
}
