// SPDX-License-Identifier: Apache-2.0
internal import Digests

/// Where a client's masking keys come from (RFC 6455 §5.3 and §10.3: a peer must not be able to predict them).
package struct MaskingKeys: Sendable {
    private enum Source {
        case secure
        case reproducible(state: UInt64)
    }

    private var source: Source
    private var pool: [UInt8] = []

    /// Keys from the cryptographic generator, drawn sixteen at a time.
    package static let secure = MaskingKeys(source: .secure)

    /// The same keys for the same seed (SplitMix64): for tests and recordings, never for the network.
    package static func reproducible(seed: UInt64) -> MaskingKeys {
        MaskingKeys(source: .reproducible(state: seed))
    }

    private init(source: Source) {
        self.source = source
    }

    /// The next key.
    package mutating func next() -> UInt32 {
        switch source {
        case .secure:
            return nextSecure()
        case .reproducible(var state):
            state &+= 0x9E37_79B9_7F4A_7C15
            source = .reproducible(state: state)
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return UInt32(truncatingIfNeeded: mixed ^ mixed >> 31)
        }
    }

    private mutating func nextSecure() -> UInt32 {
        if pool.count < 4 {
            // Should OpenSSL fail, the kernel's generator takes over; both are cryptographic.
            pool = (try? SecureRandom.bytes(64)) ?? (0..<64).map { _ in UInt8.random(in: 0...255) }
        }
        var key: UInt32 = 0
        for _ in 0..<4 {
            key = key << 8 | UInt32(pool.removeLast())
        }
        return key
    }
}
