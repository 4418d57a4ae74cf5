// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import PlatformAPIs
import Testing

@Suite("Digo's lookup of masked numbers") struct DigoMaskingTests {
    /// Knows one caller.
    struct Table: NumberMasking {
        var number: String?

        func destination(of call: MaskedCall) async -> String? { call.from == "+91-9810000001" ? number : nil }
    }

    static let lookup = #"""
        {"uuid": "7611", "call_id": "1642.012", "call_to_number": "+91-1143104567", "caller_id_number": "+91-9810000001",
         "start_stamp": "2026-01-02 10:11:12"}
        """#

    private func answer(_ form: DigoMaskingAnswer.NumberForm, _ number: String?, _ body: String) async -> HTTPReply {
        let request = ReceivedHTTPRequest(method: "POST", path: "/", body: Array(body.utf8))
        return await DigoMaskingAnswer(form, masking: Table(number: number)).answer(request)
    }

    @Test(
        "Is answered in the form of the platform's country",
        arguments: [
            (.national, "+919810000002", "9810000002"), (.national, "09810000002", "9810000002"),
            (.international, "+1 202 555 0134", "+12025550134"),
        ] as [(DigoMaskingAnswer.NumberForm, String, String)]
    )
    func form(form: DigoMaskingAnswer.NumberForm, number: String, wanted: String) async throws {
        let reply = await answer(form, number, Self.lookup)
        #expect(reply.status == 200 && reply.contentType == "application/json")
        let json = #"[{"transfer": {"type": "number", "data": ["\#(wanted)"]}}]"#
        #expect(try JSONDocument.parse(reply.body) == JSONDocument.parse(Array(json.utf8)))
    }

    @Test("Of nobody, or of nothing, is an error")
    func errors() async {
        #expect(await answer(.national, nil, Self.lookup).status == 404)
        #expect(await answer(.national, "+12025550134", Self.lookup).status == 404)
        #expect(await answer(.national, "1", "{").status == 400)
        #expect(await answer(.national, "1", #"{"call_id": "1"}"#).status == 400)
        let get = ReceivedHTTPRequest(method: "GET", path: "/")
        #expect(await DigoMaskingAnswer(.national, masking: Table()).answer(get).status == 405)
    }
}
