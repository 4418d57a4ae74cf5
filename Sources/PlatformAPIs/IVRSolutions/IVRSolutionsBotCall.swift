// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// A call that IVR Solutions places and connects to a bot: the fields of `POST /api/dial_by_aivoicebot`.
package struct IVRSolutionsBotCall: Sendable, Equatable {
    /// The header field with which the platform opens the bot's socket.
    package struct Header: Sendable, Equatable {
        /// The field's name.
        package var name: String
        /// The field's value.
        package var value: Secret

        /// A field.
        package init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }
    }

    /// `customer_no`: who is called, with `0` or the country's code before the number.
    package var customer: String
    /// `wss_url`: the bot's socket; one of this and ``voiceChatID`` is needed.
    package var webSocketURL: String?
    /// `wss_header`.
    package var webSocketHeader: Header?
    /// `Voicechat_id`: a bot configured at the platform.
    package var voiceChatID: String?
    /// `ai_agent_ext`: the extension of a person who takes over.
    package var agentExtension: String?
    /// `connect_ws_after_answer`; nil leaves it to the platform.
    package var connectsAfterAnswer: Bool?
    /// `sip_url`: where the bot can transfer to.
    package var sipURI: String?
    /// `system_msg`: instructions for the bot's model.
    package var systemMessage: String?
    /// `text`: the sentence the bot opens with.
    package var openingLine: String?
    /// `sttlanguage_code`, such as `en-IN`.
    package var language: String?
    /// `schedule_datetime` and `timezone`; nil dials at once.
    package var schedule: IVRSolutionsSchedule?

    /// A call to somebody, at once, that a bot answers.
    ///
    /// - Parameters:
    ///   - customer: who is called.
    ///   - webSocketURL: the bot's socket.
    package init(to customer: String, webSocketURL: String? = nil) {
        self.customer = customer
        self.webSocketURL = webSocketURL
    }
}
