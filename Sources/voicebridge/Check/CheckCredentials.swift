// SPDX-License-Identifier: Apache-2.0
import CallModel

/// What a platform shows, and what goes with it.
struct CheckCredentials: Sendable {
    /// The token, password, auth token, client secret or key.
    var secret: Secret
    /// The user of Basic.
    var user = ""
    /// The name of the header field that carries the secret.
    var field = ""
    /// What `X-API-KEY` carries.
    var apiKey = Secret("")
}
