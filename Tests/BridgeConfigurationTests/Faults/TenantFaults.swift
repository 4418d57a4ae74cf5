// SPDX-License-Identifier: Apache-2.0

/// Faults of `tenants`, of who is whose on a route, and of limits of calls.
enum TenantFaults {
    private static func shared(_ tenants: String) -> String {
        "tenants: [{name: acme}, {name: other}]\nroutes:\n  - tenants: \(tenants)"
    }

    static let cases: [FaultCase] = [
        FaultCase(
            "no name",
            Fixture.with("tenants: [{limits: {calls: 1}}]"),
            "1:11: tenants[0].name: is missing; give the name by which routes, logs and records know the tenant"
        ),
        FaultCase(
            "bad names",
            Fixture.with("tenants: [{name: a b}, {name: é}, {name: \"\(String(repeating: "a", count: 65))\"}]"),
            "1:18: tenants[0].name: is no name of a tenant; use 1…64 letters, digits, `-`, `_` and `.`",
            "1:31: tenants[1].name: is no name of a tenant; use 1…64 letters, digits, `-`, `_` and `.`",
            "1:42: tenants[2].name: is no name of a tenant; use 1…64 letters, digits, `-`, `_` and `.`"
        ),
        FaultCase(
            "one name twice",
            Fixture.with("tenants: [{name: a}, {name: a}]"),
            "1:29: tenants[1].name: is the name of another tenant; give another"
        ),
        FaultCase(
            "unknown keys",
            Fixture.with("tenants: [{name: a, limit: {}}, {name: b, limits: {cpu_share: 3}}]"),
            "1:21: tenants[0].limit: is not a known key; did you mean `limits`?",
            "1:52: tenants[1].limits.cpu_share: is not a known key; known here: calls, calls_per_second, burst, "
                + "minutes_per_day, cpu_percent"
        ),
        FaultCase(
            "more calls than the server",
            Fixture.with("limits: {calls: 5, per_source: {calls: 6}}\ntenants: [{name: a, limits: {calls: 7}}]"),
            "1:40: limits.per_source.calls: is more than the server takes; raise `limits.calls` or lower this",
            "2:37: tenants[0].limits.calls: is more than the server takes; raise `limits.calls` or lower this"
        ),
        FaultCase(
            "burst without a rate",
            Fixture.with("limits: {burst: 5}\ntenants: [{name: a, limits: {burst: 7, calls_per_second: off}}]"),
            "1:17: limits.burst: has no meaning without `calls_per_second`; give that too, or remove this",
            "2:37: tenants[0].limits.burst: has no meaning without `calls_per_second`; give that too, or remove this"
        ),
        FaultCase(
            "ranges",
            Fixture.with("tenants: [{name: a, limits: {calls_per_second: 0, minutes_per_day: -1, cpu_percent: 101}}]"),
            "1:48: tenants[0].limits.calls_per_second: `0` is out of range; give 1…100000",
            "1:68: tenants[0].limits.minutes_per_day: `-1` is out of range; give 1…100000000",
            "1:85: tenants[0].limits.cpu_percent: `101` is out of range; give 1…100"
        ),
        FaultCase(
            "times of day",
            Fixture.with("limits: {day_begins: 24:00}"),
            "1:22: limits.day_begins: is no time of day; write HH:MM in UTC, such as 18:30"
        ),
        FaultCase(
            "a time of day of one digit",
            Fixture.with("limits: {day_begins: \"7:30\"}"),
            "1:22: limits.day_begins: is no time of day; write HH:MM in UTC, such as 18:30"
        ),
        FaultCase(
            "a route of nobody known",
            "tenants: [{name: acme}]\nroutes: [{tenant: acne, authentication: {bearer: x}}]",
            "2:19: routes[0].tenant: `acne` is not one of acme; did you mean `acme`?"
        ),
        FaultCase(
            "a tenant where there are none",
            "routes: [{tenant: acme, authentication: {bearer: x}}]",
            "1:19: routes[0].tenant: names a tenant, and there are no `tenants`; give them at the top of the file"
        ),
        FaultCase(
            "sharers that nobody could tell apart",
            shared("{acme: {bearer: x}, other: {bearer: x}}"),
            "3:41: routes[0].tenants.other: asks for what acme shows too, and nobody could tell them apart; change one"
        ),
        FaultCase(
            "a sharer that shows nothing",
            shared("{acme: {none: true}, other: {bearer: x}}"),
            "3:21: routes[0].tenants.acme: would make everybody's calls this tenant's; give it a credential"
        ),
        FaultCase(
            "a sharer of nobody known",
            shared("{acne: {bearer: x}}\n    authentication: {bearer: y}"),
            "3:15: routes[0].tenants.acne: is no tenant of `tenants`; give one of acme or other",
            "4:21: routes[0].authentication: cannot stand beside `tenants`, which has one for each; remove one of them"
        ),
        FaultCase(
            "sharers beside what one route has",
            shared("{acme: {bearer: x}}\n    tenant: acme\n    config_api: true"),
            "4:13: routes[0].tenant: cannot stand beside `tenants`, which has one for each; remove one of them",
            "5:17: routes[0].config_api: cannot be asked for beside `tenants`; remove one of them"
        ),
        FaultCase(
            "no sharer",
            shared("{}"),
            "3:5: routes[0].authentication: is missing; give `bearer`, `headers` or `query_token`, "
                + "or `none: true` on loopback",
            "3:14: routes[0].tenants: names no tenant; give `NAME: {bearer: SECRET}` lines"
        ),
    ]
}
