// SPDX-License-Identifier: Apache-2.0

internal import Dialects
internal import OutboundHTTP

extension HTTPRequest {
    /// A request with a body of JSON.
    static func json(_ method: HTTPMethod, _ url: String, authorization: String, _ body: JSONValue) -> HTTPRequest {
        HTTPRequest(
            method,
            url,
            fields: [
                "Authorization": authorization, "Accept": "application/json", "Content-Type": "application/json",
            ],
            body: body.encoded
        )
    }

    /// A request with a form.
    static func form(_ method: HTTPMethod, _ url: String, authorization: String, _ form: URLEncodedForm) -> HTTPRequest
    {
        HTTPRequest(
            method,
            url,
            fields: [
                "Authorization": authorization, "Accept": "application/json",
                "Content-Type": URLEncodedForm.contentType,
            ],
            body: form.body
        )
    }

    /// A request without a body.
    static func plain(_ method: HTTPMethod, _ url: String, authorization: String) -> HTTPRequest {
        HTTPRequest(method, url, fields: ["Authorization": authorization, "Accept": "application/json"])
    }
}
