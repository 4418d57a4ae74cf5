// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import PlatformAPIs
import Testing

@Suite("The platforms' twins") struct TwinTests {
    /// A fault planted in a request.
    enum Fault: String, CaseIterable, Sendable {
        case method, host, path, missingField, wrongField, extraField, body, noBody
    }

    @Test("Refuse a request with any fault in it", arguments: CallControlGoldens.all, Fault.allCases)
    func planted(_ golden: CallControlGolden, fault: Fault) throws {
        let good = try golden.requests.plan(golden.action, on: golden.start).http
        #expect(golden.expected.matches(good))
        var bad = good
        switch fault {
        case .method: bad.method = .patch
        case .host: bad.url = bad.url.replacing("https://", with: "http://")
        case .path: bad.url += "x"
        case .missingField: bad.fields["Accept"] = nil
        case .wrongField: bad.fields["Accept"] = "text/html"
        case .extraField: bad.fields.append("X-More", "1")
        case .body: bad.body.append(0x21)
        case .noBody: bad.body = bad.body.isEmpty ? [0x7B, 0x7D] : []
        }
        #expect(!golden.expected.matches(bad))
    }
}
