// SPDX-License-Identifier: Apache-2.0

/// One SMS through Digo Engage: the fields of `POST /v1/messaging/sms`.
package struct DigoMessage: Sendable, Equatable {
    /// What a message is for, which decides by what rules it is sent.
    package enum Purpose: String, Sendable, CaseIterable {
        /// For one person, about something of theirs.
        case transactional
        /// Advertising.
        case promotional
    }

    /// Where deliveries are told.
    package struct Report: Sendable, Equatable {
        /// A URL of ours, at most 200 characters.
        package var url: String
        /// Whether failures are told too.
        package var includesFailures: Bool

        /// A place for reports.
        package init(url: String, includesFailures: Bool = true) {
            self.url = url
            self.includesFailures = includesFailures
        }
    }

    /// The registered sender, at most 50 characters.
    package var from: String
    /// The number, with the country's code.
    package var to: String
    /// The text, at most 1000 characters.
    package var text: String
    /// What the message is for.
    package var purpose: Purpose = .transactional
    /// Whether URLs in the text are shortened.
    package var shortensLinks = false
    /// Our own id of the message, at most 200 characters; the platform demands one.
    package var transaction: String
    /// Where deliveries are told; nil for nowhere.
    package var report: Report?
    /// What India's registry knows the text by; nil for none.
    package var registration: DigoRegistration?

    /// A message.
    package init(from: String, to: String, text: String, transaction: String) {
        self.from = from
        self.to = to
        self.text = text
        self.transaction = transaction
    }
}
