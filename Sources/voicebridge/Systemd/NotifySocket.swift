// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The datagram socket on which systemd listens to a service (`sd_notify(3)`).
final class NotifySocket: Sendable {
    /// Why nothing can be told.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The longest that one message waits for a manager that does not read, in seconds.
    private static let patience = 1
    private let descriptor: Int32

    /// Connects to the socket of a path, or of an abstract name behind `@`.
    ///
    /// - Throws: ``Failure`` when there is no such socket.
    init(address text: String) throws(Failure) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(text.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard text.hasPrefix("/") || text.hasPrefix("@"), path.count > 1, path.count < room else {
            throw Failure(description: "NOTIFY_SOCKET is no path and no abstract name of less than \(room) bytes")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
            unsafe place.copyBytes(from: path)
            // An abstract name begins with a zero byte.
            if path[0] == UInt8(ascii: "@") { unsafe place[0] = 0 }
        }
        #if canImport(Musl)
        let kind = SOCK_DGRAM | SOCK_CLOEXEC
        #else
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        #endif
        descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw Failure(description: Self.cause("no socket")) }
        var time = timeval(tv_sec: Self.patience, tv_usec: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        let length = socklen_t((MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + path.count)
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, length)
            }
        }
        guard connected == 0 else {
            let failure = Failure(description: Self.cause("NOTIFY_SOCKET \(text) cannot be reached"))
            close(descriptor)
            throw failure
        }
    }

    deinit { close(descriptor) }

    /// Sends one message, `NAME=VALUE` lines; false when it was not taken.
    func send(_ message: String) -> Bool {
        let bytes = Array(message.utf8)
        // A datagram raises no SIGPIPE.
        return unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) } == bytes.count
    }

    private static func cause(_ what: String) -> String { unsafe "\(what): \(String(cString: strerror(errno)))" }
}
