// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// Something that CALLR tells by a webhook (`Webhook.Event`).
package struct CALLRWebhookEvent: Sendable, Equatable {
    /// `type`, such as `sms.mo`.
    package let type: String
    /// `event_id`: the same however often it is sent.
    package let id: String
    /// `event_at`: ISO 8601 with milliseconds.
    package let time: String?
    /// `hook_hash`: the subscription; nil for what was asked for beside one.
    package let subscription: String?
    /// `try`: how often it was sent before, from 0.
    package let attempt: Int
    /// `data`, as the type has it.
    package let data: JSONValue

    /// An event; nil without type and id.
    package init?(_ json: JSONValue) {
        guard let type = json["type"]?.text, !type.isEmpty, let id = json["event_id"]?.text, !id.isEmpty,
            id.utf8.count <= 256
        else { return nil }
        self.type = type
        self.id = id
        time = json["event_at"]?.text
        subscription = json["hook_hash"]?.text
        attempt = json["try"]?.text.flatMap { Int($0) } ?? 0
        data = json["data"] ?? .null
    }
}
