// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Digests
internal import OutboundHTTP

/// Values of the `Authorization` field.
enum Authorization {
    /// `Basic` (RFC 7617 §2).
    static func basic(_ user: String, _ password: Secret) -> String {
        "Basic " + Base64.encode(Array("\(user):\(password.reveal())".utf8))
    }

    /// `Bearer` (RFC 6750 §2.1).
    static func bearer(_ token: Secret) -> String { "Bearer " + token.reveal() }
}
