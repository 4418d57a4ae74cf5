// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// An application at CALLR (`App`).
package struct CALLRVoiceApplication: Sendable, Equatable {
    /// `hash`.
    package let id: String
    /// `name`.
    package let name: String?
    /// `package.name`: `REALTIME10` for those that a receiver of ours controls.
    package let kind: String?
    /// `intl_number` of its numbers.
    package let numbers: [String]

    /// An application; nil without its id.
    package init?(_ json: JSONValue) {
        guard let id = json["hash"]?.text, !id.isEmpty else { return nil }
        self.id = id
        name = json["name"]?.text
        kind = json["package"]?["name"]?.text
        numbers = json["did"]?.elements.compactMap { $0["intl_number"]?.text } ?? []
    }
}

extension CALLRClient {
    /// The account's applications, with the numbers that are assigned to them.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func applications() async throws -> [CALLRVoiceApplication] {
        try await call(.listApplications, [.flag(true)]).elements.compactMap(CALLRVoiceApplication.init)
    }
}
