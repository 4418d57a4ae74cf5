// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Testing

@testable import BridgeServer

/// Who is let in, by a clock of the test's own.
@Suite struct AdmissionBookTests {
    /// Something that happens at a time.
    enum Step: Sendable {
        /// A call comes, and is let in or refused with a reason, a status and seconds to wait.
        case call(Double, tenant: String?, source: String, refused: String?)
        /// The first call that is up ends.
        case end(Double)
        /// The wall clock alone is set by so many seconds.
        case clock(Int)
        case drain
        case limits(AdmissionLimits)

        /// A call of nobody's.
        static func call(_ seconds: Double, _ refused: String? = nil) -> Step {
            .call(seconds, tenant: nil, source: "192.0.2.1", refused: refused)
        }

        /// A call of a tenant's.
        static func call(_ seconds: Double, of tenant: String, _ refused: String? = nil) -> Step {
            .call(seconds, tenant: tenant, source: "192.0.2.1", refused: refused)
        }

        /// A call from an address.
        static func call(_ seconds: Double, from source: String, _ refused: String? = nil) -> Step {
            .call(seconds, tenant: nil, source: source, refused: refused)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var limits: AdmissionLimits
        var steps: [Step]
        /// The time of day at which uptime is 0.
        var hour = 12

        var testDescription: String { name }
    }

    static func quota(_ perSecond: Int? = nil, burst: Int? = nil, minutes: Int? = nil) -> CallQuota {
        var quota = CallQuota()
        quota.callsPerSecond = perSecond
        quota.burst = burst
        quota.minutesPerDay = minutes
        return quota
    }

    static func limits(
        server: AdmissionBounds = AdmissionBounds(),
        route: AdmissionBounds? = nil,
        tenants: [String: AdmissionBounds] = [:],
        source: AdmissionBounds = AdmissionBounds(),
        dayBegins: String = "00:00"
    ) -> AdmissionLimits {
        var limits = AdmissionLimits()
        limits.server = server
        limits.routes = route.map { ["/a": $0] } ?? [:]
        limits.tenants = tenants
        limits.source = source
        limits.dayBegins = DayStart(dayBegins) ?? .midnight
        return limits
    }

    static let numberCases = [
        Case(
            name: "server's calls",
            limits: limits(server: AdmissionBounds(calls: 2)),
            steps: [
                .call(0), .call(0), .call(0, "too_many_calls 503 -"), .end(1), .call(1),
                .call(1, "too_many_calls 503 -"),
            ]
        ),
        Case(
            name: "route's calls",
            limits: limits(server: AdmissionBounds(calls: 9), route: AdmissionBounds(calls: 1)),
            steps: [.call(0), .call(0, "too_many_calls_on_route 503 -"), .end(1), .call(1)]
        ),
        Case(
            name: "one tenant's calls are not another's",
            limits: limits(tenants: ["acme": AdmissionBounds(calls: 1), "other": AdmissionBounds(calls: 1)]),
            steps: [
                .call(0, of: "acme"), .call(0, of: "acme", "too_many_calls_of_tenant 429 -"), .call(0, of: "other"),
                .call(0), .end(1), .call(1, of: "acme"), .call(1, of: "other", "too_many_calls_of_tenant 429 -"),
            ]
        ),
        Case(
            name: "one source's calls are not another's, and an IPv6 network is one source",
            limits: limits(source: AdmissionBounds(calls: 1)),
            steps: [
                .call(0, from: "192.0.2.1"), .call(0, from: "192.0.2.1", "too_many_calls_from_source 429 -"),
                .call(0, from: "192.0.2.2"), .call(0, from: "::ffff:192.0.2.2", "too_many_calls_from_source 429 -"),
                .call(0, from: "2001:db8::1"), .call(0, from: "2001:db8::2:1", "too_many_calls_from_source 429 -"),
                .call(0, from: "2001:db8:0:1::1"), .call(0, from: "unknown"),
                .call(0, from: "unknown", "too_many_calls_from_source 429 -"),
            ]
        ),
        Case(
            name: "draining comes before all else",
            limits: limits(server: AdmissionBounds(calls: 1)),
            steps: [.call(0), .drain, .call(0, "draining 503 -"), .end(1), .call(2, "draining 503 -")]
        ),
        Case(
            name: "limits that are lowered leave the calls that are up",
            limits: limits(server: AdmissionBounds(calls: 9)),
            steps: [
                .call(0), .call(0), .limits(limits(server: AdmissionBounds(calls: 1))),
                .call(1, "too_many_calls 503 -"),
                .end(2), .call(2, "too_many_calls 503 -"), .end(3), .call(3),
            ]
        ),
        Case(
            name: "a source that is held only now is counted from now on",
            limits: limits(),
            steps: [
                .call(0), .limits(limits(source: AdmissionBounds(calls: 1))), .call(1),
                .call(1, "too_many_calls_from_source 429 -"), .end(2), .call(2, "too_many_calls_from_source 429 -"),
                .end(3), .call(3),
            ]
        ),
    ]

    static let rateCases = [
        Case(
            name: "two a second, a burst of as many",
            limits: limits(server: AdmissionBounds(quota: quota(2))),
            steps: [
                .call(10), .call(10), .call(10, "too_many_new_calls 503 1"), .call(10.4, "too_many_new_calls 503 1"),
                .call(10.5), .call(10.5, "too_many_new_calls 503 1"), .call(11), .call(20), .call(20),
                .call(20, "too_many_new_calls 503 1"),
            ]
        ),
        Case(
            name: "a burst of five at one a second",
            limits: limits(route: AdmissionBounds(quota: quota(1, burst: 5))),
            steps: [
                .call(9), .call(9), .call(9), .call(9), .call(9), .call(9, "too_many_new_calls_on_route 503 1"),
                .call(10), .call(10, "too_many_new_calls_on_route 503 1"), .call(12), .call(12),
                .call(12, "too_many_new_calls_on_route 503 1"),
            ]
        ),
        Case(
            name: "calls that end do not make room",
            limits: limits(tenants: ["acme": AdmissionBounds(quota: quota(1))]),
            steps: [
                .call(5, of: "acme"), .end(5), .call(5, of: "acme", "too_many_new_calls_of_tenant 429 1"), .call(5),
                .call(6, of: "acme"),
            ]
        ),
        Case(
            name: "what one limit refuses is not paid for at another",
            limits: limits(
                server: AdmissionBounds(quota: quota(1)),
                tenants: ["acme": AdmissionBounds(calls: 0)]
            ),
            steps: [
                .call(5, of: "acme", "too_many_calls_of_tenant 429 -"), .call(5), .call(5, "too_many_new_calls 503 1"),
            ]
        ),
        Case(
            name: "by source",
            limits: limits(source: AdmissionBounds(quota: quota(1))),
            steps: [
                .call(5, from: "192.0.2.1"), .call(5, from: "192.0.2.1", "too_many_new_calls_from_source 429 1"),
                .call(5, from: "192.0.2.2"), .call(6, from: "192.0.2.1"),
            ]
        ),
        Case(
            name: "a clock that is set changes no rate",
            limits: limits(server: AdmissionBounds(quota: quota(1))),
            steps: [.call(5), .clock(3_600), .call(5, "too_many_new_calls 503 1"), .clock(-7_200), .call(6)]
        ),
    ]

    static let minuteCases = [
        Case(
            name: "minutes of calls that are over",
            limits: limits(tenants: ["acme": AdmissionBounds(quota: quota(minutes: 2))]),
            steps: [
                .call(0, of: "acme"), .end(60), .call(60, of: "acme"), .end(119), .call(119, of: "acme"), .end(120),
                .call(120, of: "acme", "minutes_used_up_of_tenant 429 43080"), .call(120),
            ]
        ),
        Case(
            name: "minutes of calls that are up",
            limits: limits(server: AdmissionBounds(quota: quota(minutes: 2))),
            steps: [.call(0), .call(0), .call(59.9), .call(60, "minutes_used_up 503 43140")]
        ),
        Case(
            name: "a new day begins with none, and live calls count from its beginning",
            limits: limits(route: AdmissionBounds(quota: quota(minutes: 10))),
            steps: [
                .call(0), .call(3_000, "minutes_used_up_on_route 503 600"), .call(3_600), .call(3_899),
                .call(3_900, "minutes_used_up_on_route 503 86100"),
            ],
            hour: 23
        ),
        Case(
            name: "a day that begins elsewhere",
            limits: limits(server: AdmissionBounds(quota: quota(minutes: 1)), dayBegins: "18:30"),
            steps: [
                .call(0), .call(60, "minutes_used_up 503 5340"), .call(5_399, "minutes_used_up 503 1"), .call(5_400),
            ],
            hour: 17
        ),
        Case(
            name: "a clock set back over midnight brings no minutes back, and none are lost",
            limits: limits(server: AdmissionBounds(quota: quota(minutes: 2))),
            steps: [
                .call(0), .end(60), .call(120), .clock(-300), .call(179), .call(180, "minutes_used_up 503 120"),
            ],
            hour: 0
        ),
        Case(
            name: "a clock that was a week ahead is believed when it comes back",
            limits: limits(server: AdmissionBounds(quota: quota(minutes: 2))),
            steps: [.call(0), .end(120), .call(120, "minutes_used_up 503 43080"), .clock(-7 * 86_400), .call(121)]
        ),
        Case(
            name: "a clock that jumps into the next day counts live calls from then",
            limits: limits(server: AdmissionBounds(quota: quota(minutes: 2))),
            steps: [.call(0), .call(10), .clock(86_400), .call(69), .call(70, "minutes_used_up 503 43130")]
        ),
        Case(
            name: "by source",
            limits: limits(source: AdmissionBounds(quota: quota(minutes: 1))),
            steps: [
                .call(0, from: "192.0.2.1"), .end(60),
                .call(60, from: "192.0.2.1", "minutes_used_up_from_source 429 43140"),
                .call(60, from: "192.0.2.2"),
            ]
        ),
    ]

    @Test(arguments: numberCases + rateCases + minuteCases)
    func `Calls are let in and refused`(_ row: Case) {
        var book = AdmissionBook(row.limits)
        var offset = 0
        var live: [AdmissionBook.Entry] = []
        func time(_ seconds: Double) -> AdmissionTime {
            // A Sunday of 2026, at the case's hour.
            AdmissionTime(
                uptime: Int64(seconds * 1_000) * 1_000_000,
                unixSeconds: 1_795_305_600 + row.hour * 3_600 + Int(seconds) + offset
            )
        }
        for (number, step) in row.steps.enumerated() {
            switch step {
            case .call(let seconds, let tenant, let source, let expected):
                do {
                    live.append(try book.enter(route: "/a", tenant: tenant, source: source, at: time(seconds)))
                    #expect(expected == nil, "step \(number)")
                } catch {
                    let wait = error.retryAfter.map(String.init) ?? "-"
                    #expect("\(error.reason) \(error.scope.status) \(wait)" == expected, "step \(number)")
                }
            case .end(let seconds): book.leave(live.removeFirst(), at: time(seconds))
            case .clock(let seconds): offset += seconds
            case .drain: book.drain()
            case .limits(let limits): book.change(limits, at: time(0))
            }
        }
        #expect(book.calls == live.count)
    }

    @Test func `What was talked before a restart counts, and what a tenant has is told`() throws {
        let minutes = AdmissionBounds(quota: Self.quota(minutes: 2))
        var book = AdmissionBook(Self.limits(tenants: ["acme": minutes]))
        let start = AdmissionTime(uptime: 5_000_000_000, unixSeconds: 1_795_305_600)
        book.restore(.tenant("acme"), milliseconds: 119_000, at: start)
        let entry = try book.enter(route: "/a", tenant: "acme", source: "", at: start)
        let later = AdmissionTime(uptime: 6_000_000_000, unixSeconds: 1_795_305_601)
        #expect(book.figures(of: .tenant("acme"), at: later) == (1, 120_000))
        #expect(throws: AdmissionRefusal(cause: .minutes, scope: .tenant("acme"), retryAfter: 86_399)) {
            try book.enter(route: "/a", tenant: "acme", source: "", at: later)
        }
        book.leave(entry, at: later)
        #expect(book.figures(of: .tenant("acme"), at: later) == (0, 120_000))
    }

    private func time(_ seconds: Int) -> AdmissionTime {
        AdmissionTime(uptime: Int64(seconds) * 1_000_000_000, unixSeconds: seconds)
    }

    @Test func `Sources that are gone are forgotten`() throws {
        var book = AdmissionBook(Self.limits(source: AdmissionBounds(calls: 5)), maximumSources: 100)
        let stays = try book.enter(route: "/a", tenant: nil, source: "192.0.2.1", at: time(0))
        for number in 0..<1_000 {
            let source = "10.0.\(number >> 8).\(number & 255)"
            // Half of them have talked, and would be remembered until the day is over.
            let entry = try book.enter(route: "/a", tenant: nil, source: source, at: time(number))
            book.leave(entry, at: time(number + number % 2))
            #expect(book.accountCount <= 204)
        }
        #expect(book.figures(of: .source("192.0.2.1"), at: time(1_000)).calls == 1)
        book.leave(stays, at: time(1_000))
    }
}
