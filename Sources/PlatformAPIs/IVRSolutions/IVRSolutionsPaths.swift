// SPDX-License-Identifier: Apache-2.0

/// Where IVR Solutions' product API has its requests, behind the base.
///
/// Its page names most paths in passing. Of those said to be assumed it shows members and answers but no path; set another
/// where an account's own reference has one.
package struct IVRSolutionsPaths: Sendable, Equatable {
    /// A call that a bot answers.
    package var botCall = "/api/dial_by_aivoicebot"
    /// An agent and a customer.
    package var clickToCall = "/api/c2c_post"
    /// Two people behind a DID.
    ///
    /// That the form with an announcement and a time goes there too is assumed: the page gives it the same members and no
    /// path.
    package var connect = "/api/click_connect"
    /// A masked connection, changed or cancelled.
    package var connectUpdate = "/api/click_connect_update"
    /// The log of masked connections.
    ///
    /// That it is asked by POST is assumed: the page shows its members as JSON.
    package var connectLogs = "/api/click_connect_logs"
    /// Calls of a range of days.
    package var callLogs = "/api/call_logs"
    /// Attempts of automatic dialers.
    ///
    /// That it is asked by POST is assumed, as above.
    package var dialerLogs = "/api/dialer_logs"
    /// Click-to-call calls; assumed.
    package var clickToCallLogs = "/api/c2c_logs"
    /// Calls of every kind since the last ones seen; assumed, from what public clients of the platform use.
    package var newLogs = "/v1/all_call_logs"
    /// Labels of a call's outcome, and, with a log's id, the outcome.
    package var callStatus = "/api/get_call_status"
    /// A status and a remark on a record of the log; assumed.
    package var recordNote = "/api/update_call_note"
    /// A note on a call by its SIP id; assumed.
    package var callNote = "/api/add_call_note"
    /// The URL that callbacks go to; assumed.
    package var webhook = "/api/add_webhook"

    /// The paths as far as they are known.
    package init() {}
}
