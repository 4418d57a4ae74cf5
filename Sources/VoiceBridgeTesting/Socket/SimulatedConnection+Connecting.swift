// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
package import TransportSecurity

// What connecting takes, for one call and for many.
extension SimulatedConnection {
    /// TLS as far as the server is trusted.
    ///
    /// - Throws: `TLSError` when the file of authorities is no good.
    package func tlsContext() throws(TLSError) -> TLSContext {
        var configuration = TLSClientConfiguration()
        configuration.handshakeTimeout = timeout
        if !verifiesServer { configuration.verification = .none }
        if let trustedCertificates { configuration.trustRoots = .only(.file(trustedCertificates)) }
        return try TLSContext(configuration)
    }

    /// Why no connection came about, in words, without the wrapping of NIO's errors.
    package static func words(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words($0.error) } ?? "the name does not resolve; check the host"
        case let error as ChannelError where "\(error)".contains("connectTimeout"): "no answer in time"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "refused; is the server listening there?"
        case let error as IOError where error.errnoCode == EMFILE: "too many open files; raise the limit (ulimit -n)"
        case let error as TLSError: error.message
        default: "\(error)"
        }
    }
}
