// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing
import WebSocketWire

@testable import BridgeServer

/// Where a call is moved to, and with what in its URL.
@Suite struct HandOverDestinationTests {
    static func destination(
        _ server: String?,
        _ route: RouteDrain.HandOver = .server,
        path: String = "/desk",
        credentials: [RouteAuthentication.Credential] = []
    ) -> HandOverDestination? {
        var drain = DrainConfiguration()
        drain.handOver = server
        let authentication = RouteAuthentication(credentials: credentials)
        var configuration = RouteConfiguration(path: path, dialect: "d", authentication: authentication, bot: "b")
        configuration.drain.handOver = route
        return HandOverDestination(configuration, drain, authentication)
    }

    @Test func `The server's URL has the route's path behind it, a route's own stands as it is, and off is nowhere`()
        throws
    {
        let secret = RouteAuthentication.Credential.bearer(Secret("s3cret"))
        let other = RouteDrain.HandOver.url("wss://b.example/other")
        let served = try #require(Self.destination("wss://a.example/prefix", credentials: [secret]))
        #expect(try served.target(now: 0) == .bot(url: "wss://a.example/prefix/desk"))
        #expect(served.shown == .bot(url: "wss://a.example/prefix/desk"))
        #expect(
            try Self.destination("wss://a.example", other, credentials: [secret])?.target(now: 0)
                == .bot(url: "wss://b.example/other")
        )
        #expect(Self.destination("wss://a.example", .off) == nil)
        #expect(Self.destination(nil) == nil)
    }

    @Test func `A token of the query goes along, escaped, and no record shows it`() throws {
        let credential = RouteAuthentication.Credential.queryToken(Secret("s3cret+/&"))
        let destination = try #require(Self.destination("wss://a.example", credentials: [credential]))
        #expect(try destination.target(now: 0) == .bot(url: "wss://a.example/desk?token=s3cret%2B%2F%26"))
        #expect(destination.shown == .bot(url: "wss://a.example/desk"))
    }

    @Test(arguments: [
        ("/desk", RouteDrain.HandOver.server, "wss://a.example/desk/", "/desk"),
        ("/", .server, "wss://a.example/", "/"),
        ("/desk", .url("wss://b.example/p/q"), "wss://b.example/p/q/", "/p/q"),
        ("/desk", .url("wss://b.example"), "wss://b.example/", "/"),
    ])
    func `A token in the path is made for each call, and the other server takes it once`(
        path: String,
        route: RouteDrain.HandOver,
        beginning: String,
        served: String
    ) throws {
        let credential = RouteAuthentication.Credential.pathToken(secret: Secret("s3cret"), lifetime: .seconds(60))
        let made = Self.destination("wss://a.example", route, path: path, credentials: [credential])
        let destination = try #require(made)
        let now = 1_790_000_000
        let authenticator = Authenticator(RouteAuthentication(credentials: [credential]), path: served)
        var names: Set<String> = []
        for _ in 0..<2 {
            guard case .bot(let url) = try destination.target(now: now), url.hasPrefix(beginning) else {
                Issue.record("not a bot under \(beginning)")
                return
            }
            let target = served + (served.hasSuffix("/") ? "" : "/") + url.dropFirst(beginning.count)
            let request = PresentedRequest(path: target, query: nil, headers: [:], source: "127.0.0.1")
            guard case .accepted(let uses) = authenticator.judge(request, now: now + 1) else {
                Issue.record("\(target) is not taken")
                return
            }
            names.formUnion(uses.map(\.name))
        }
        #expect(names.count == 2)
    }
}
