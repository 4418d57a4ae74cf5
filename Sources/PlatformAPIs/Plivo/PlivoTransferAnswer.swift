// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Answers Plivo's request for the XML of a call that is transferred.
///
/// The platform posts a form with `CallUUID`. A call that nobody transferred is hung up.
package struct PlivoTransferAnswer: HTTPReceiver {
    private let store: TransferStore
    private let document: PlivoDocument

    /// An answer out of a store.
    ///
    /// - Parameters:
    ///   - store: where call control keeps the targets.
    ///   - numbering: writes national numbers internationally; the same as in the requests.
    package init(store: TransferStore, numbering: NumberingPlan? = nil) {
        self.store = store
        document = PlivoDocument(targets: TargetReader(platform: "plivo", numbering: numbering))
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        let fields: URLEncodedForm
        switch request.method {
        case "POST": fields = URLEncodedForm(parsing: String(decoding: request.body, as: UTF8.self))
        case "GET": fields = URLEncodedForm(parsing: request.query ?? "")
        default: return HTTPReply(status: 405)
        }
        guard let call = fields["CallUUID"], !call.isEmpty else { return HTTPReply(status: 400) }
        let xml = store[CallID(call)].flatMap { try? document.xml(for: $0) } ?? "<Response><Hangup/></Response>"
        return HTTPReply(status: 200, contentType: "application/xml", body: Array(xml.utf8))
    }
}
