// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import PlatformAPIs
import Testing
import VoiceBridgeTesting

@Suite("The platforms' twins") struct TwinTests {
    @Test("Refuse a request with any fault in it", arguments: CallControlGoldens.all, PlantedFault.allCases)
    func planted(_ golden: CallControlGolden, fault: PlantedFault) throws {
        let good = try golden.requests.plan(golden.action, on: golden.start).http
        #expect(golden.expected.matches(good))
        #expect(!golden.expected.matches(fault.planted(in: good)))
    }
}
