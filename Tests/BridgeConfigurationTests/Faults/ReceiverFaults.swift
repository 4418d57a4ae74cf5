// SPDX-License-Identifier: Apache-2.0

/// Faults of `receivers` and of `call_control`.
enum ReceiverFaults {
    static let cases: [FaultCase] = [
        FaultCase(
            "a receiver with nothing",
            file("{}"),
            "4:5: receivers[0].path: is missing; give the path that the platform asks, such as /v1/callbacks",
            "4:5: receivers[0].kind: is missing; give one of callbacks or silent",
            "4:5: receivers[0].authentication: is missing; give `bearer`, `headers` or `query_token`, or `none: true` on loopback"
        ),
        FaultCase(
            "a kind that is none",
            file("{path: /a, kind: callback, authentication: {none: true}}"),
            "4:22: receivers[0].kind: `callback` is not one of callbacks or silent; did you mean `callbacks`?"
        ),
        FaultCase(
            "the path of a route",
            file("{path: /v1/ivr-solutions, kind: silent, authentication: {none: true}}"),
            "4:12: receivers[0].path: is taken by routes[0]; give another path"
        ),
        FaultCase(
            "the path of another receiver",
            file(
                "{path: /a, kind: silent, authentication: {none: true}}",
                "{path: /a, kind: silent, authentication: {none: true}}"
            ),
            "5:12: receivers[1].path: is taken by receivers[0]; give another path"
        ),
        FaultCase(
            "options of no kind, and those that do not go together",
            file(
                "{path: /a, kind: silent, options: {size: 3}, authentication: {none: true}}",
                "{path: /b, kind: callbacks, options: {size: 7}, authentication: {none: true}}"
            ),
            "4:40: receivers[0].options.size: is not known; the receiver silent has no options",
            "5:42: receivers[1].options: seven is taken; choose another size"
        ),
        FaultCase(
            "a credential of upgrades",
            file("{path: /a, kind: silent, authentication: {path_token: {secret: s}}}"),
            "4:46: receivers[0].authentication: has a credential that is made for upgrades; give `bearer`, `headers`, "
                + "`basic`, `query_token`, `addresses` or `client_certificate`"
        ),
        FaultCase(
            "a deadline that nobody keeps, and a key that is none",
            file("{path: /a, kind: silent, deadline: 2m, time: 3, authentication: {none: true}}"),
            "4:40: receivers[0].deadline: `2m` is out of range; give 100ms…1m",
            "4:44: receivers[0].time: is not a known key; known here: path, kind, options, authentication, deadline"
        ),
        FaultCase(
            "a call control whose dialect has none",
            Fixture.route("call_control: {account: a, token: t}"),
            "3:19: routes[0].call_control.platform: is missing; the dialect ivr-solutions has none of its own; "
                + "give one of exotel or rest"
        ),
        FaultCase(
            "a call control without what it needs",
            Fixture.route("call_control: {platform: rest, acount: a}"),
            "3:19: routes[0].call_control.account: is missing; the call control of rest needs it: Whose calls.",
            "3:19: routes[0].call_control.token: is missing; the call control of rest needs it: Its key.",
            "3:36: routes[0].call_control.acount: is not a known key; did you mean `account`?"
        ),
    ]

    private static func file(_ receivers: String...) -> String {
        Fixture.smallest + "receivers:\n" + receivers.map { "  - \($0)\n" }.joined()
    }
}
