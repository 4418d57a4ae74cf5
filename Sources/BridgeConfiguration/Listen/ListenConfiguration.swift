// SPDX-License-Identifier: Apache-2.0

/// Where platforms connect: address, port, encryption, and the name by which the world knows us (`listen`).
package struct ListenConfiguration: Sendable, Equatable {
    /// `host`: the address to bind.
    ///
    /// Default `127.0.0.1`, which nobody outside the machine reaches.
    package var host: HostAddress
    /// `port`: the TCP port, 0…65535; 0 takes a free one.
    ///
    /// Default 8443.
    package var port: Int
    /// `tls` or `plain`: how the sockets are secured.
    ///
    /// Default: a self-signed certificate, allowed on loopback only.
    package var security: ListenSecurity
    /// `public_url`: the URL by which platforms reach this server, `wss://host[:port][/prefix]` without a trailing
    /// slash; a route's path is appended to it.
    ///
    /// It is told to platforms and used to check signatures, and is never made from a request's headers. Default none.
    package var publicURL: String?
    /// `trusted_proxies`: whose `X-Forwarded-For` is believed, for `addresses` of routes.
    ///
    /// Default none: the caller's address is that of the connection.
    package var trustedProxies: [AddressRange]

    /// Where to listen; the defaults are those of an empty file.
    package init(
        host: HostAddress = .loopback,
        port: Int = 8443,
        security: ListenSecurity = .selfSigned,
        publicURL: String? = nil,
        trustedProxies: [AddressRange] = []
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
    }
}
