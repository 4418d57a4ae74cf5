// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

// How answers look.
extension AdminAPI {
    /// An answer of JSON, with keys in snake case.
    static func json(_ status: HTTPResponse.Status, _ body: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(body)
        data.append(UInt8(ascii: "\n"))
        return Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    /// An answer of text.
    static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// Why something was not done.
    static func response(_ fault: AdminFault) -> Response {
        let body = FaultBody(error: fault.code, message: fault.message)
        return (try? json(fault.status, body)) ?? Response(status: fault.status)
    }

    /// The same for what the router never saw.
    static func reply(_ fault: AdminFault) -> AdminReply {
        let body = FaultBody(error: fault.code, message: fault.message)
        let data = (try? JSONEncoder().encode(body)) ?? Data()
        var reply = AdminReply(status: fault.status.code, text: "", type: "application/json")
        reply.body = Array(data) + [UInt8(ascii: "\n")]
        if fault.status == .unauthorized { reply.headers.append(AdminReply.Header("WWW-Authenticate", "Bearer")) }
        return reply
    }

    /// Any error as a fault.
    static func fault(of error: any Error) -> AdminFault {
        switch error {
        case let fault as AdminFault: fault
        case let error as any HTTPResponseError: AdminFault(error.status, "bad_request", "the request is no good")
        default: AdminFault(.internalServerError, "failed", "the request failed; see the server's log")
        }
    }

    /// The JSON object of a request; nothing counts as an empty one, and a key that is not known is a fault.
    static func body<Body: Decodable>(
        _ request: Request,
        _ type: Body.Type,
        keys: Set<String>
    ) async throws -> Body {
        let buffer = try await request.body.collect(upTo: AdminOperation.drain.maximumBody)
        let data = buffer.readableBytes == 0 ? Data("{}".utf8) : Data(buffer.readableBytesView)
        guard let object = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] else {
            throw AdminFault(.badRequest, "bad_body", "the body is no JSON object")
        }
        let unknown = object.keys.filter { !keys.contains($0) }.sorted()
        guard unknown.isEmpty else {
            let known = keys.sorted().joined(separator: ", ")
            throw AdminFault(.badRequest, "unknown_key", "the body has a key that is not known; there are \(known)")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: data)
        } catch {
            throw AdminFault(.badRequest, "bad_body", "a value of the body is missing or of the wrong type")
        }
    }
}
