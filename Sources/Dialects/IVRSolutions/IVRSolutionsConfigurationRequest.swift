// SPDX-License-Identifier: Apache-2.0

/// What the platform asks with before it connects an inbound call: the body of its `CONFIG_API` request.
package struct IVRSolutionsConfigurationRequest: Sendable, Equatable {
    /// The calling number (`From`).
    package var from: String?
    /// The called number (`To`).
    package var to: String?
    /// Who placed the call, as the platform names it (`Direction`).
    package var direction: String?
    /// The flow that the call runs through (`FlowId`).
    package var flowID: String?
    /// The platform's id of the session (`SessionId`), which is also the stream's id.
    package var sessionID: String?
    /// The platform's server (`ServerId`).
    package var serverID: String?

    /// Reads a body; every field may be missing, and a number does for a text.
    ///
    /// - Returns: nil when the body is no JSON object or one of the fields is neither text, number nor null.
    package init?(body: [UInt8]) {
        var document = JSONDocument()
        let text = body.span
        do { try document.parse(text) } catch { return nil }
        guard document.kind(at: document.root) == .object else { return nil }
        var isWellFormed = true
        func field(_ name: String) -> String? {
            guard let place = document.member(name, of: document.root, in: text) else { return nil }
            switch document.kind(at: place) {
            case .null: return nil
            case .string, .number: return document.text(at: place, in: text)
            default:
                isWellFormed = false
                return nil
            }
        }
        from = field("From")
        to = field("To")
        direction = field("Direction")
        flowID = field("FlowId")
        sessionID = field("SessionId")
        serverID = field("ServerId")
        guard isWellFormed else { return nil }
    }
}
