// SPDX-License-Identifier: Apache-2.0

/// Who is told what happens to calls, and how much may wait for them (`webhooks`).
package struct WebhooksConfiguration: Sendable, Equatable {
    /// `spool`: the file of the database in which events wait, or `off` (nil).
    ///
    /// Default `off`; one must be given where there are endpoints.
    package var spool: String?
    /// `digits`: what is told of the keys that callers press: that one was, or which.
    ///
    /// Default `masked`.
    package var digits = RecordsConfiguration.Digits.masked
    /// `backlog`: events that may wait for one endpoint, 100…10,000,000.
    ///
    /// Default 100,000. With as many waiting, keys and answers are not told, and of all else the oldest become dead letters.
    package var backlog = 100_000
    /// `dead_letters`: dead letters that are kept, 0…10,000,000; the oldest of more are deleted.
    ///
    /// Default 10,000.
    package var deadLetters = 10_000
    /// `endpoints`: who is told.
    ///
    /// Default nobody.
    package var endpoints: [WebhookEndpoint] = []

    /// No webhooks.
    package init() {}
}
