// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Testing

@Suite("A request shown instead of sent") struct PreviewTests {
    @Test("Shows all but the secrets")
    func dial() throws {
        let plan = try IVRSolutionsRequests(token: Secret("k3y")).dial(IVRSolutionsClientTests.everyField)
        #expect(plan.preview.hasPrefix("POST https://api.ivrsolutions.in/api/dial_by_aivoicebot\n"))
        #expect(plan.preview.contains("Authorization: (secret)"))
        #expect(plan.preview.contains(#""wss_header":"(secret)""#))
        #expect(plan.preview.contains(#""customer_no":"09876543210""#))
        #expect(!plan.preview.contains("k3y") && !plan.preview.contains("xyz"))
    }
}
