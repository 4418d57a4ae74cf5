// SPDX-License-Identifier: Apache-2.0
import PlatformAPIs
import Testing

@testable import voicebridge

/// The table behind a receiver `digo-masking`.
@Suite struct MaskingTableTests {
    static func call(to number: String) -> MaskedCall {
        MaskedCall(uuid: nil, callID: "c1", to: number, from: "9810000001", started: nil)
    }

    @Test(arguments: ["01140000001", "+911140000001", "911140000001", "1140000001"])
    func `A masking number is found in each of its spellings`(dialled: String) async {
        let table = MaskingTable(["+91 11 4000 0001": "09820000002"])
        #expect(await table.destination(of: Self.call(to: dialled)) == "09820000002")
    }

    @Test(arguments: ["01140000002", "", "anonymous"])
    func `Another number is connected to nobody`(dialled: String) async {
        #expect(await MaskingTable(["01140000001": "09820000002"]).destination(of: Self.call(to: dialled)) == nil)
    }

    @Test(arguments: [
        ([:], "has no number"),
        (["reception": "09820000002"], "no telephone number"),
        (["01140000001": "reception"], "no telephone number"),
        (["01140000001": "09820000002", "+911140000001": "09820000003"], "twice"),
    ])
    func `What is no table is told`(numbers: [String: String], words: String) throws {
        #expect(try #require(MaskingTable.problem(numbers)).contains(words))
        #expect(MaskingTable.problem(["01140000001": "09820000002"]) == nil)
    }
}
