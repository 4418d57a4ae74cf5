// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// Answers Digo's lookup for a call to a masking number with the number to connect.
///
/// The answer is a list of one transfer. A lookup that nobody answers gets 404, one that cannot be read 400.
package struct DigoMaskingAnswer: HTTPReceiver {
    /// How the platform wants numbers.
    package typealias NumberForm = DigoNumberForm

    private let form: NumberForm
    private let masking: any NumberMasking

    /// An answer by somebody's decision.
    ///
    /// - Parameters:
    ///   - form: how the platform wants numbers.
    ///   - masking: decides.
    package init(_ form: NumberForm, masking: any NumberMasking) {
        self.form = form
        self.masking = masking
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "POST" else { return HTTPReply(status: 405) }
        guard let json = try? JSONDocument.parse(request.body), let callID = json["call_id"]?.text,
            let to = json["call_to_number"]?.text, let from = json["caller_id_number"]?.text
        else { return HTTPReply(status: 400) }
        let call = MaskedCall(
            uuid: json["uuid"]?.text,
            callID: callID,
            to: to,
            from: from,
            started: json["start_stamp"]?.text
        )
        guard let number = await masking.destination(of: call).flatMap(form.written) else {
            return HTTPReply(status: 404)
        }
        let transfer = JSONValue.object(["type": .string("number"), "data": .array([.string(number)])])
        let body = JSONValue.array([.object(["transfer": transfer])]).encoded
        return HTTPReply(status: 200, contentType: "application/json", body: body)
    }
}
