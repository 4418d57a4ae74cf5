// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A datagram socket in the place of systemd's.
final class Manager {
    /// What `NOTIFY_SOCKET` says.
    let address: String
    private let descriptor: Int32

    struct Failure: Error {}

    /// Opens it; a deaf one has next to no room for what is not read.
    init(isAbstract: Bool, isDeaf: Bool = false) throws {
        let name = "/tmp/voicebridge-notify-\(UUID().uuidString)"
        address = isAbstract ? "@" + name : name
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(address.utf8)
        if isAbstract { bytes[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(2 + bytes.count)
        let bound = unsafe withUnsafePointer(to: &place) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw Failure() }
    }

    deinit {
        close(descriptor)
        if !address.hasPrefix("@") { _ = unsafe unlink(address) }
    }

    /// The next message that has come; nil when there is none.
    func next() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
