// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Why a realtime bot cannot go on with a call, or cannot be made.
public struct RealtimeError: Error, Sendable, Equatable, CustomStringConvertible {
    enum Code: String, Sendable {
        case settings, refused, untrusted, unreachable, formatIgnored, rejected, failing, tooManyFaults
    }

    let code: Code
    /// What failed, where, and what to do; at most 256 bytes, and never a secret.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description.prefixed(toBytes: 256)
    }

    /// One word of a small set, for metrics.
    public var shortDescription: String { code.rawValue }
}
