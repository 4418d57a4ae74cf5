// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// What OpenSSL's error queue of this thread held, taken out of it.
///
/// The queue belongs to the thread, not to a connection: an entry left in it would be reported by the next connection
/// on the same event loop. So each operation empties it before (`clear`) and, after a failure, takes it (`take`).
struct OpenSSLFailure: Equatable {
    /// The most specific entry's library (`ERR_LIB_SSL`, …); 0 when the queue was empty.
    let library: Int32

    /// The most specific entry's reason within its library; alerts of the peer are 1000 + alert.
    let reason: Int32

    /// The texts of up to three entries.
    let text: String

    /// The alert that the peer sent, when that is why the operation failed (RFC 8446 §6).
    var peerAlert: Int32? {
        library == Int32(ERR_LIB_SSL) && reason >= SSL_AD_REASON_OFFSET ? reason - SSL_AD_REASON_OFFSET : nil
    }

    /// Whether the most specific entry is this reason of the TLS library.
    func isTLS(_ reason: Int32) -> Bool { library == Int32(ERR_LIB_SSL) && self.reason == reason }

    /// Empties the queue of this thread.
    ///
    /// It is empty nearly always, and looking is much cheaper than emptying all its places.
    static func clear() {
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    /// Empties the queue of this thread and says what was in it.
    static func take() -> OpenSSLFailure {
        let first = ERR_get_error()
        var texts: [String] = []
        var entry = first
        while entry != 0 {
            if texts.count < 3 { texts.append(text(of: entry)) }
            entry = ERR_get_error()
        }
        return OpenSSLFailure(
            library: first == 0 ? 0 : ERR_GET_LIB(first),
            reason: first == 0 ? 0 : ERR_GET_REASON(first),
            text: texts.isEmpty ? "OpenSSL gave no reason" : texts.joined(separator: "; ")
        )
    }

    private static func text(of entry: UInt) -> String {
        guard let reason = unsafe ERR_reason_error_string(entry) else { return "OpenSSL error \(entry)" }
        return unsafe String(cString: reason)
    }
}
