// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeServer

@Suite struct RequestLoadTests {
    @Test func `One more than allowed is not counted`() {
        let load = RequestLoad()
        #expect(load.enter(limit: 2) && load.enter(limit: 2))
        #expect(!load.enter(limit: 2) && !load.enter(limit: 2))
        load.leave()
        #expect(load.enter(limit: 2) && !load.enter(limit: 2))
    }
}
