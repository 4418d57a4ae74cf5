// SPDX-License-Identifier: Apache-2.0
import CallModel
import Digests
import Foundation
import PlatformAPIs
import Synchronization

/// Keeps a token of a Vonage application until it is too old: to sign one takes as long as many messages.
final class VonageTokens: Sendable {
    /// How long a token is used, in seconds; it is valid for five minutes.
    private static let lifetime = 240

    private let maker: VonageToken
    private let kept: Mutex<(token: Secret, since: Int)>
    private let clock: @Sendable () -> Int

    /// Tokens of an application; makes the first, so that a key that is none is found at once.
    init(
        application: String,
        key: Secret,
        clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
    ) throws {
        maker = VonageToken(application: application, key: key)
        self.clock = clock
        let now = clock()
        kept = Mutex((try maker.make(now: now, id: Self.id), now))
    }

    /// A token that is valid now; nil when none can be made.
    var current: @Sendable () -> Secret? {
        {
            self.kept.withLock { kept in
                let now = self.clock()
                if now < kept.since + Self.lifetime, now >= kept.since { return kept.token }
                guard let token = try? self.maker.make(now: now, id: Self.id) else { return nil }
                kept = (token, now)
                return token
            }
        }
    }

    private static var id: String {
        String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}
