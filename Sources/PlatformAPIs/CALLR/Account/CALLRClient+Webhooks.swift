// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

extension CALLRClient {
    /// Has events of a type, such as `media.recording.status_update`, sent to a URL; gives the subscription's id.
    ///
    /// - Parameters:
    ///   - type: what is told.
    ///   - url: where to.
    ///   - key: signs the events, 8–1024 characters; nil for none.
    ///   - algorithm: how.
    /// - Returns: the subscription's id (`hash`), which events name as `hook_hash`.
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func subscribe(
        to type: String,
        at url: String,
        key: Secret?,
        algorithm: CALLRSignatureAlgorithm = .sha256
    ) async throws -> String {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw PlatformRequestError("endpoint", "begin with https://")
        }
        var options: [String: JSONValue] = ["format": .string("JSON")]
        if let key {
            guard CALLRSignatureAlgorithm.takes(key) else {
                throw PlatformRequestError("hmac_secret", "give 8 to 1024 characters")
            }
            options["hmac_algo"] = .string(algorithm.rawValue)
            options["hmac_secret"] = .string(key.reveal())
        }
        return try id(of: try await call(.subscribe, [.string(type), .string(url), .object(options)]))
    }

    /// Ends a subscription.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func unsubscribe(_ subscription: String) async throws {
        _ = try await call(.unsubscribe, [.string(subscription)])
    }
}
