// SPDX-License-Identifier: Apache-2.0

/// Where probes (`/healthz`, `/readyz`) and operators (`/load`) connect (`admin`).
///
/// It asks for no credential, so it is on loopback unless `i_know: true` stands beside another address.
package struct AdminConfiguration: Sendable, Equatable {
    /// `host`: the address to bind.
    ///
    /// Default `127.0.0.1`.
    package var host: HostAddress
    /// `port`: the TCP port, 0…65535; 0 takes a free one.
    ///
    /// Default 9090.
    package var port: Int
    /// `i_know`: allows an address that is not loopback.
    ///
    /// Default false.
    package var allowsRemote: Bool

    /// An address of the admin port.
    package init(host: HostAddress = .loopback, port: Int = 9090, allowsRemote: Bool = false) {
        self.host = host
        self.port = port
        self.allowsRemote = allowsRemote
    }
}
