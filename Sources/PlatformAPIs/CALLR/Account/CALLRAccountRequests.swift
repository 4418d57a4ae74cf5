// SPDX-License-Identifier: Apache-2.0

package import Dialects
internal import OutboundHTTP

/// Requests of CALLR's JSON-RPC API (JSON-RPC 2.0 §4), and the meaning of its answers, without any I/O.
package struct CALLRAccountRequests: Sendable {
    /// Where the API is.
    package static let url = "https://api.callr.com/json-rpc/v1.1/"
    /// The platform's name in records and errors.
    package static let platform = "callr"

    private let url: String
    private let authorization: String

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - account: the account.
    ///   - url: where the API is.
    package init(_ account: CALLRAccount, url: String = Self.url) {
        authorization = account.authorization
        self.url = url
    }

    /// A call of a method.
    ///
    /// - Parameters:
    ///   - method: its name.
    ///   - parameters: in the method's order.
    ///   - id: comes back with the answer.
    ///   - isRepeatable: whether to do it twice is as to do it once.
    /// - Returns: the request.
    package func call(_ method: String, _ parameters: [JSONValue], id: Int, isRepeatable: Bool) -> PlannedRequest {
        PlannedRequest(
            .json(
                .post,
                url,
                authorization: authorization,
                .object([
                    "jsonrpc": .string("2.0"), "method": .string(method), "params": .array(parameters),
                    "id": .number(id),
                ])
            ),
            isRepeatable: isRepeatable
        )
    }

    /// What an answer means (JSON-RPC 2.0 §5).
    ///
    /// An error of the platform's own is a refusal; one of the protocol's own trouble leaves open what was done, and so does
    /// an answer to something else.
    package func outcome(of answer: PlatformAnswer, id: Int) -> PlatformOutcome {
        guard case .object(let members)? = answer.json, members["jsonrpc"] == .string("2.0") else {
            return answer.isSuccess ? .unclear(.exchange("no_json_rpc")) : answer.failure()
        }
        if case .object(let error)? = members["error"] {
            let code = error["code"]?.text
            let message = error["message"]?.text
            // §5.1: -32603 and -32099 to -32000 tell of the server's own trouble.
            if let number = code.flatMap({ Int($0) }), number == -32_603 || (-32_099 ... -32_000).contains(number) {
                return .unclear(.exchange("server_error"))
            }
            return .refused(PlatformRefusal(status: answer.status, code: code, message: message))
        }
        guard answer.isSuccess else { return answer.failure() }
        guard members["id"]?.text == "\(id)" else { return .unclear(.exchange("wrong_id")) }
        return members["result"] == nil ? .unclear(.exchange("no_result")) : .done
    }
}
