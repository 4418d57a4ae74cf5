// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// Who asks at CALLR.
package enum CALLRAccount: Sendable {
    /// A key of the account.
    case key(Secret)
    /// The account's name and password.
    case login(String, password: Secret)

    /// The value of `Authorization`.
    var authorization: String {
        switch self {
        case .key(let key): "Api-Key " + key.reveal()
        case .login(let name, let password): Authorization.basic(name, password)
        }
    }
}
