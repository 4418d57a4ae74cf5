// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import ConfigurationReading
import Testing

/// What of a file that is read anew a running server takes over.
@Suite struct ReloadingTests {
    static let route = "routes: [{authentication: {bearer: t0ken}}]"

    @Test(arguments: [
        ("", "", [] as [String]),
        ("", "limits: {calls: 7, lag: off, drain_deadline: 1s}", []),
        ("listen: {port: 1}", "listen: {port: 2}", ["listen.port"]),
        ("listen: {host: 127.0.0.1}", "listen: {host: 127.0.0.2}", ["listen.host"]),
        ("listen: {plain: true}", "", ["listen.tls"]),
        ("", "listen: {plain: true}", ["listen.plain"]),
        ("admin: {port: 1}", "admin: {host: 127.0.0.2, port: 2}", ["admin.host", "admin.port"]),
        ("", "admin: {voice: {url: \"https://a.example\"}}", ["admin.voice"]),
        ("limits: {event_loops: 1}", "limits: {event_loops: 2, calls: 5}", ["limits.event_loops"]),
        ("", "logging: {level: debug}", ["logging"]),
        ("", "records: {path: calls.sqlite}", ["records"]),
    ])
    func `What cannot change is named and keeps its value`(old: String, new: String, keys: [String]) throws {
        let running = try Fixture.load(old + "\n" + Self.route)
        var read = try Fixture.load(new + "\n" + Self.route)
        #expect(try read.keepFixed(of: running) == keys)
        #expect(read.listen == running.listen && read.admin == running.admin)
        #expect(read.records == running.records && read.logging == running.logging)
        #expect(read.limits.eventLoops == running.limits.eventLoops)
        if new.contains("calls: 7") { #expect(read.limits.calls == 7 && read.limits.lag == nil) }
        #expect(try read.keepFixed(of: running) == [])
    }

    @Test func `A route that is open for loopback alone is refused while another address stays`() throws {
        let running = try Fixture.load("listen: {host: 0.0.0.0, plain: true}\n" + Self.route)
        var open = try Fixture.load("routes: [{path: /a, authentication: {none: true}}]")
        let error = #expect(throws: ConfigurationError.self) { try open.keepFixed(of: running) }
        #expect(error?.description.contains("routes[0].authentication.none: would let anybody in on 0.0.0.0") == true)
        var known = try Fixture.load("routes: [{path: /a, authentication: {none: true, i_know: true}}]")
        #expect(try known.keepFixed(of: running) == ["listen.host", "listen.tls"])
    }
}
