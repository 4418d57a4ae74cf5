// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing
import WebSocketWire

@testable import BridgeServer

/// A request, what is demanded of it, and what it is worth; the time is 2023-11-14 22:13:20 UTC unless told.
struct JudgedCase: Sendable, CustomTestStringConvertible {
    /// What a request came to.
    enum Worth: String, Sendable {
        case granted, missing, wrong, late
    }

    static let now = 1_700_000_000

    var testDescription: String
    var credentials: [RouteAuthentication.Credential]
    var path = "/v1/bot"
    var publicURL: String?
    var proxies: [String] = []
    var request: PresentedRequest
    var now = JudgedCase.now
    var worth: Worth

    init(
        _ description: String,
        _ credentials: [RouteAuthentication.Credential],
        _ fields: [(name: String, value: String)] = [],
        path: String = "/v1/bot",
        requested: String? = nil,
        query: String? = nil,
        publicURL: String? = "wss://bot.example.net",
        source: String = "127.0.0.1",
        proxies: [String] = [],
        subject: String? = nil,
        now: Int = JudgedCase.now,
        is worth: Worth
    ) {
        testDescription = description
        self.credentials = credentials
        self.path = path
        self.publicURL = publicURL
        self.proxies = proxies
        self.now = now
        self.worth = worth
        request = PresentedRequest(
            path: requested ?? path,
            query: query,
            headers: HandshakeHeaders(fields),
            source: source,
            certificateSubject: subject
        )
    }

    func judgement() throws -> Judgement {
        let authenticator = Authenticator(
            RouteAuthentication(credentials: credentials),
            path: path,
            publicURL: publicURL,
            trustedProxies: try proxies.map { try #require(AddressRange($0)) }
        )
        return authenticator.judge(request, now: now)
    }

    func check() throws {
        let worth: Worth =
            switch try judgement() {
            case .accepted: .granted
            case .missing: .missing
            case .wrong: .wrong
            case .late: .late
            }
        #expect(worth == self.worth)
    }
}
