// SPDX-License-Identifier: Apache-2.0

/// SMS to many through Digo Engage: the body of `POST /notify`.
///
/// The platform's document gives the URL and the bound and shows no body; the members are those that public clients of the
/// platform send.
package struct DigoCampaign: Sendable, Equatable {
    /// Most people of one campaign ("up to 1 lakh users").
    package static let maximumRecipients = 100_000

    /// Somebody, and what is sent to them.
    package struct Recipient: Sendable, Equatable {
        /// The number, with the country's code.
        package var to: String
        /// The text, at most 1000 characters.
        package var text: String

        /// Somebody.
        package init(to: String, text: String) {
            self.to = to
            self.text = text
        }
    }

    /// `campaignName`.
    package var name: String
    /// `oa`: the registered sender, at most 50 characters.
    package var from: String
    /// `transactionID`: our own id of the campaign, at most 200 characters.
    package var transaction: String
    /// `tiny`: whether URLs in the texts are shortened.
    package var shortensLinks = false
    /// `tlv`.
    package var registration: DigoRegistration?
    /// `dataSet`.
    package var recipients: [Recipient]

    /// A campaign.
    package init(name: String, from: String, transaction: String, to recipients: [Recipient]) {
        self.name = name
        self.from = from
        self.transaction = transaction
        self.recipients = recipients
    }
}
