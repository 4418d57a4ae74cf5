// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

/// One request of a client, as its platform's document shows it.
struct ClientGolden: Sendable, CustomTestStringConvertible {
    var name: String
    /// Makes the request.
    var plan: @Sendable () throws -> PlannedRequest
    var expected: ExpectedRequest
    /// Whether a lost answer is asked for again.
    var isRepeatable: Bool

    init(
        _ name: String,
        _ expected: ExpectedRequest,
        isRepeatable: Bool = false,
        _ plan: @escaping @Sendable () throws -> PlannedRequest
    ) {
        self.name = name
        self.plan = plan
        self.expected = expected
        self.isRepeatable = isRepeatable
    }

    var testDescription: String { name }

    static let all = ivrSolutions + ivrSolutionsLogs + digo + digoMessages
}

@Suite("Requests of the platforms' clients") struct ClientGoldenTests {
    @Test("Are those of the documents", arguments: ClientGolden.all)
    func golden(_ golden: ClientGolden) throws {
        let plan = try golden.plan()
        #expect(
            golden.expected.matches(plan.http),
            "\(plan.http.url) \(String(decoding: plan.http.body, as: UTF8.self))"
        )
        #expect(plan.isRepeatable == golden.isRepeatable)
    }

    @Test("Are refused by the twins with any fault in them", arguments: ClientGolden.all, PlantedFault.allCases)
    func planted(_ golden: ClientGolden, fault: PlantedFault) throws {
        #expect(!golden.expected.matches(fault.planted(in: try golden.plan().http)))
    }

    @Test("Show no secret when they are shown", arguments: ClientGolden.all)
    func preview(_ golden: ClientGolden) throws {
        let preview = try golden.plan().preview
        for secret in ["k3y", "t0k", "Basic s", "whsec_abc123", "l3ad-announce"] { #expect(!preview.contains(secret)) }
        #expect(preview.hasPrefix("\(golden.expected.method.rawValue) \(golden.expected.url)\n"))
    }
}
