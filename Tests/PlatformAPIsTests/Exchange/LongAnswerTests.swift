// SPDX-License-Identifier: Apache-2.0

import CallModel
import OutboundHTTP
import PlatformAPIs
import Testing

@Suite("Long answers and requests") struct LongAnswerTests {
    private static func logs(_ count: Int) -> String {
        let entries = (1...count).map {
            #"{"recordid":\#($0),"client_no":"9876543210","call_type":"inbound","agent_no":""}"#
        }
        return #"{"status":200,"data":["# + entries.joined(separator: ",") + "]}"
    }

    @Test("A log of a busy day is read whole")
    func log() async throws {
        let requests = IVRSolutionsRequests(token: Secret("k3y"))
        let body = Self.logs(20_000)
        // More than an answer to a request that acts may have, in bytes and in values.
        #expect(body.utf8.count > PlatformAnswer.maximumBytes)
        let plan = try requests.callLogs(from: "2024-12-15", to: "2024-12-15")
        let twin = ScriptedHTTPClient([
            .init(.get, plan.http.url, accepts: { $0.maximumBody == PlatformAnswer.maximumListBytes }) { _ in
                HTTPResponse(status: 200, body: HTTPBody([Array(body.utf8)]))
            }
        ])
        let client = IVRSolutionsClient(requests, exchange: PlatformExchange(client: twin, sleep: { _ in }))
        #expect(try await client.callLogs(from: "2024-12-15", to: "2024-12-15").count == 20_000)
    }

    @Test("A request that acts reads no more of an answer than it needs")
    func bounded() throws {
        #expect(
            try IVRSolutionsRequests(token: Secret("k3y")).dial(IVRSolutionsClientTests.everyField).maximumAnswer
                == 262_144
        )
    }

    @Test("A request that is too long to be looked through is not shown")
    func preview() {
        let body = Array("[0".utf8) + Array(repeatElement(",0", count: 70_000).joined().utf8) + Array("]".utf8)
        var http = HTTPRequest(.post, "https://a.example", fields: ["Content-Type": "application/json"], body: body)
        #expect(PlannedRequest(http, isRepeatable: false).preview.hasSuffix("\n\n(\(body.count) bytes)"))
        // A form is shown as it is.
        http = HTTPRequest(.post, "https://a.example", body: Array("Status=completed".utf8))
        #expect(PlannedRequest(http, isRepeatable: false).preview.hasSuffix("\n\nStatus=completed"))
    }
}
