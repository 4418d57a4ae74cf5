// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("Receivers and call control")
struct ReceiverTests {
    private static let yaml = """
        routes:
          - path: /a
            dialect: exotel
            authentication: {bearer: t0ken}
            call_control: {country: none}
          - authentication: {bearer: t0ken}
            call_control: {platform: rest, account: AC1, token: {file: /run/token}}
        receivers:
          - path: /callbacks
            kind: callbacks
            options: {key: hush-hush}
            authentication: {basic: {user: u, password: pa55}, addresses: [192.0.2.0/24]}
            deadline: 250ms
          - path: /silent
            kind: silent
            authentication: {none: true}

        """

    @Test("come out as they were written, defaults filled in")
    func read() throws {
        let configuration = try Fixture.load(Self.yaml)
        let first = ReceiverConfiguration(
            path: "/callbacks",
            kind: "callbacks",
            options: BotOptions(["key": .secret(Secret("hush-hush")), "size": .integer(4)]),
            authentication: RouteAuthentication(credentials: [
                .basic(user: "u", password: Secret("pa55")),
                .addresses([try #require(AddressRange("192.0.2.0/24"))]),
            ]),
            deadline: .milliseconds(250)
        )
        let second = ReceiverConfiguration(path: "/silent", kind: "silent", authentication: .open)
        #expect(configuration.receivers == [first, second])
        #expect(second.deadline == .seconds(5))
        #expect(
            configuration.routes.map(\.callControl) == [
                CallControlConfiguration(platform: "exotel", options: BotOptions(["country": .text("none")])),
                CallControlConfiguration(
                    platform: "rest",
                    options: BotOptions(["account": .text("AC1"), "token": .secret(Secret("from-a-file"))])
                ),
            ]
        )
    }

    @Test("are printed so that they can be read again, without their secrets")
    func printed() throws {
        let configuration = try Fixture.load(Self.yaml)
        let text = configuration.yaml(
            bots: Fixture.bots,
            dialects: Fixture.dialects,
            receivers: Fixture.receivers,
            callControls: Fixture.callControls
        )
        for secret in ["hush-hush", "pa55", "from-a-file", "t0ken"] { #expect(!text.contains(secret)) }
        let hidden = "(secret)"
        #expect(text.contains("    call_control:\n      platform: rest\n      account: AC1\n      token: \(hidden)\n"))
        #expect(
            text.hasSuffix(
                """
                receivers:
                  - path: /callbacks
                    kind: callbacks
                    options:
                      key: \(hidden)
                      size: 4
                    authentication:
                      basic:
                        user: u
                        password: \(hidden)
                      addresses:
                        - 192.0.2.0/24
                    deadline: 250ms
                  - path: /silent
                    kind: silent
                    options: {}
                    authentication:
                      none: true
                    deadline: 5s

                """
            )
        )
        let again = try Fixture.load(text.replacing(hidden, with: "put-in"))
        #expect(again.receivers.map(\.path) == ["/callbacks", "/silent"])
        #expect(again.routes.map(\.callControl?.platform) == ["exotel", "rest"])
    }
}
