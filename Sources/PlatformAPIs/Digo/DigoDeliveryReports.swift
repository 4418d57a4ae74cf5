// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import Digests
internal import OutboundHTTP
internal import Synchronization

/// Takes Digo Engage's delivery reports, and joins them to the messages that were sent.
///
/// A report is a JSON object or a form, or several of them a JSON list; the platform's document does not say. What cannot be
/// read gets 400; all else 200, so that nothing is sent again.
package final class DigoDeliveryReports: HTTPReceiver {
    /// How many reports came so far, of each sort.
    package struct Counts: Sendable, Equatable {
        /// Told, of messages that are known.
        package var joined = 0
        /// Told, of messages that are not: sent by somebody else, before a restart, or too long ago.
        package var unknown = 0
        /// Not told, for they came before.
        package var duplicates = 0
        /// Requests that could not be read.
        package var unreadable = 0

        /// None.
        package init() {}
    }

    private struct State {
        var seen: RecentSet<[UInt8]>
        var counts = Counts()
    }

    private let sent: DigoSentMessages
    private let observe: @Sendable (DigoDeliveryReport, DigoSentMessages.Message?) -> Void
    private let state: Mutex<State>

    /// A receiver.
    ///
    /// - Parameters:
    ///   - sent: the messages that were sent.
    ///   - capacity: how many reports are remembered. Default 65,536.
    ///   - observe: told each report once, with its message if that is known; may not wait.
    package init(
        sent: DigoSentMessages,
        capacity: Int = 65_536,
        observe: @escaping @Sendable (DigoDeliveryReport, DigoSentMessages.Message?) -> Void
    ) {
        self.sent = sent
        self.observe = observe
        state = Mutex(State(seen: RecentSet(capacity: capacity)))
    }

    /// How many reports came so far.
    package var counts: Counts { state.withLock { $0.counts } }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        let reports = Self.reports(request)
        guard !reports.isEmpty else {
            state.withLock { $0.counts.unreadable += 1 }
            return HTTPReply(status: 400)
        }
        for report in reports {
            let message = sent.find(report.transaction)
            // A report that is sent again has the same members to the last; of one state there may be several.
            guard let digest = try? HashFunction.sha256.hash(JSONValue.object(present: report.members).encoded) else {
                return HTTPReply(status: 503)
            }
            let isNew = state.withLock { state in
                guard state.seen.insert(digest) else {
                    state.counts.duplicates += 1
                    return false
                }
                if message == nil { state.counts.unknown += 1 } else { state.counts.joined += 1 }
                return true
            }
            if isNew { observe(report, message) }
        }
        return HTTPReply(status: 200)
    }

    private static func reports(_ request: ReceivedHTTPRequest) -> [DigoDeliveryReport] {
        guard let json = try? JSONDocument.parse(request.body) else {
            let form = URLEncodedForm(parsing: String(decoding: request.body, as: UTF8.self))
            let members = Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
            return [DigoDeliveryReport(members)].compactMap { $0 }
        }
        let objects = json.elements.isEmpty ? [json] : json.elements
        return objects.compactMap { object in
            guard case .object(let members) = object else { return nil }
            return DigoDeliveryReport(members.compactMapValues(\.text))
        }
    }
}
