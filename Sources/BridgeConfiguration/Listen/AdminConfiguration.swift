// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Where probes (`/healthz`, `/readyz`), Prometheus (`/metrics`) and operators connect (`admin`).
///
/// Probes are asked for nothing, so it is on loopback unless `i_know: true` stands beside another address.
package struct AdminConfiguration: Sendable, Equatable {
    /// Who may read what only counts: `/metrics` and `/load`.
    package enum Access: String, Sendable, CaseIterable {
        /// Whoever reaches the port.
        case open
        /// Whoever shows the token, where there is one.
        case token
    }

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
    /// `token`: what operators show as `Authorization: Bearer …` to see calls and act on them.
    ///
    /// None by default, and then nobody can.
    package var token: Secret?
    /// `metrics`: who may read `/metrics` and `/load`.
    ///
    /// Default `token`.
    package var metrics = Access.token
    /// `prompts`: the folder of WAV files that operators may have played to callers.
    ///
    /// None by default; audio may come with the request all the same.
    package var prompts: String?
    /// `voice`: what says the texts that operators have played.
    ///
    /// None by default, and then texts are said in a build with speech of its own alone.
    package var voice: AdminVoice?

    /// An address of the admin port.
    package init(host: HostAddress = .loopback, port: Int = 9090, allowsRemote: Bool = false) {
        self.host = host
        self.port = port
        self.allowsRemote = allowsRemote
    }
}
