// SPDX-License-Identifier: Apache-2.0

/// A simulated call that did not come about: no connection, no TLS, no WebSocket.
public struct SimulatedCallError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What failed, where, and what to do, in one line.
    public let description: String
    /// The server's HTTP status, where it answered the opening request with another than 101.
    public let status: Int?

    init(_ description: String, status: Int? = nil) {
        self.description = description
        self.status = status
    }
}
