// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LoadTesting

@Suite("Capacity search")
struct CapacitySearchTests {
    @Test("finds the knee to a twentieth", arguments: [1, 3, 9, 10, 11, 37, 100, 640, 641, 1_999, 4_000, 4_999])
    func finds(knee: Int) {
        var search = CapacitySearch(first: 10, maximum: 5_000)
        var tried = 0
        while let calls = search.next {
            search.take(wentWell: calls <= knee)
            tried += 1
            #expect(tried < 30)
            guard tried < 30 else { return }
        }
        #expect(search.good <= knee)
        #expect(knee - search.good <= max(1, search.good / 20))
    }

    @Test("ends at the most that may be tried, and at nothing")
    func ends() {
        var all = CapacitySearch(first: 10, maximum: 70)
        while all.next != nil { all.take(wentWell: true) }
        #expect(all.good == 70)
        #expect(all.bad == nil)
        var none = CapacitySearch(first: 10, maximum: 70)
        while none.next != nil { none.take(wentWell: false) }
        #expect(none.good == 0)
        #expect(none.bad == 1)
    }

    @Test("says what to set")
    func report() {
        var report = CapacityReport()
        report.steps = [
            CapacityReport.Step(calls: 400, p99: 1_000_000, ownP99: 0, cores: 0.5, fault: nil),
            CapacityReport.Step(calls: 800, p99: 9_000_000, ownP99: 0, cores: 1.25, fault: nil),
            CapacityReport.Step(calls: 1_600, p99: 90_000_000, ownP99: 0, cores: 2, fault: "late"),
        ]
        report.calls = 800
        #expect(report.callsPerCore == 640)
        #expect(report.recommendedLimit == 640)
        report.calls = 1
        #expect(report.recommendedLimit == 1)
    }
}
