// SPDX-License-Identifier: Apache-2.0

/// Why a server does not start.
public struct BridgeServerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
