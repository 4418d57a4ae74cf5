// SPDX-License-Identifier: Apache-2.0

/// Methods of CALLR's JSON-RPC API.
///
/// The platform's document of objects names none. These are those of its public kits, but for ``searchRecords`` and
/// ``searchRecordings``, whose names follow from those of the objects that they take and give.
package enum CALLRMethod: String, Sendable, CaseIterable {
    case createApplication = "apps.create"
    case listApplications = "apps.get_list"
    case assignNumber = "apps.assign_did"
    case placeCall = "calls.realtime"
    case clickToCall = "clicktocall/calls.start_2"
    case cancelClickToCall = "clicktocall/calls.cancel"
    case records = "cdr.get"
    case searchRecords = "cdr.search"
    case searchRecordings = "media/recording.search"
    case sendMessage = "sms.send"
    case subscribe = "webhooks.subscribe"
    case unsubscribe = "webhooks.unsubscribe"

    /// Whether its result is a list, which may be long.
    var givesList: Bool {
        switch self {
        case .listApplications, .records, .searchRecords, .searchRecordings: true
        default: false
        }
    }

    /// Whether to call it twice is as to call it once.
    var isRepeatable: Bool {
        switch self {
        case .listApplications, .assignNumber, .cancelClickToCall, .records, .searchRecords, .searchRecordings: true
        // A second one would be another application, call, message or subscription; a subscription that is gone is an error.
        case .createApplication, .placeCall, .clickToCall, .sendMessage, .subscribe, .unsubscribe: false
        }
    }
}
