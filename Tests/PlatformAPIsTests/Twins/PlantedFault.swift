// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP

/// A fault planted in a request, which a twin must refuse.
enum PlantedFault: String, CaseIterable, Sendable {
    case method, host, path, missingField, wrongField, wrongKey, extraField, body, noBody

    /// The request with the fault.
    func planted(in good: HTTPRequest) -> HTTPRequest {
        var bad = good
        switch self {
        case .method: bad.method = .patch
        case .host: bad.url = bad.url.replacing("https://", with: "http://")
        case .path: bad.url += "x"
        case .missingField: bad.fields["Accept"] = nil
        case .wrongField: bad.fields["Accept"] = "text/html"
        case .wrongKey:
            let name = bad.fields["Authorization"] == nil ? "X-Auth-Token" : "Authorization"
            bad.fields[name] = "Bearer another"
        case .extraField: bad.fields.append("X-More", "1")
        case .body: bad.body.append(0x21)
        case .noBody: bad.body = bad.body.isEmpty ? [0x7B, 0x7D] : []
        }
        return bad
    }
}
