// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LoadTesting

@Suite("Process usage")
struct ProcessUsageTests {
    private let stat =
        "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 123 45 0 0 20 0 7 0 100 1000 200 18446744073709551615 1 1"

    @Test("is read from what proc(5) says")
    func reads() throws {
        let status = "Name:\ta\nVmHWM:\t  9000 kB\nVmRSS:\t    4096 kB\nThreads:\t7\n"
        let usage = try #require(ProcessUsage(stat: stat, status: status, descriptors: 3, ticksPerSecond: 100))
        #expect(usage.user == 1.23)
        #expect(usage.system == 0.45)
        #expect(usage.memory == 4_096)
        #expect(usage.threads == 7)
        #expect(usage.descriptors == 3)
    }

    @Test("is none for what is no such file", arguments: ["", "42 (a)", "42 (a) S 1 2 3"])
    func refuses(stat: String) {
        #expect(ProcessUsage(stat: stat, status: "", descriptors: nil, ticksPerSecond: 100) == nil)
    }

    @Test("of this process is above nothing, and there is none of a process that is not")
    func own() throws {
        let own = try #require(ProcessUsage.own())
        #expect(own.memory > 1_000)
        #expect(own.threads > 0)
        #expect(ProcessUsage.read(0) == nil)
    }
}
