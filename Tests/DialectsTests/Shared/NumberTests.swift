// SPDX-License-Identifier: Apache-2.0

import Dialects
import Testing

@Suite struct NumberTests {
    @Test(arguments: [
        ("09810000001", "+919810000001"),
        ("9810000001", "+919810000001"),
        ("+919810000001", "+919810000001"),
        ("919810000001", "+919810000001"),
        ("0 98100-00001", "+919810000001"),
        ("(0981) 000.0001", "+919810000001"),
        ("+44 20 7946 0000", "+442079460000"), ("01140000000", "+911140000000"),
    ])
    func anIndianNumberIsWrittenInternationally(number: String, normalized: String) {
        #expect(NumberingPlan.india.normalized(number) == normalized)
    }

    @Test(arguments: [
        "",
        "+",
        "0",
        "981000000",
        "98100000011",
        "18000000002",
        "00919810000001",
        "0098100001",
        "+123",
        "+1234567890123456",
        "anonymous", "sip:a@b", "98100x0001", "829810000001", "٩٨١٠٠٠٠٠٠١", "+91+981",
    ])
    func anythingElseHasNoInternationalForm(number: String) {
        #expect(NumberingPlan.india.normalized(number) == nil)
    }
}
