// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// A platform on the route of another one.
@Suite struct PlatformTests {
    /// The first message of a call that says whose it is.
    private static func start(of name: DialectName) throws -> String {
        let call = try #require(DialectMessages.calls.first { $0.name == name })
        return try #require(call.messages.first { $0.contains(#""event":"start""#) })
    }

    @Test(arguments: DialectMessages.all.map(\.name), DialectMessages.calls.map(\.name))
    func aStartOfAnotherPlatformIsRefused(route: DialectName, platform: DialectName) throws {
        var call = try DialectCall(route)
        let start = try Self.start(of: platform)
        // These two write the same start: only the path can tell them apart.
        let family: Set<DialectName> = [.ivrSolutions, .exotel]
        guard route != platform, !family.isSuperset(of: [route, platform]) else {
            #expect(try call.start(start) != nil)
            return
        }
        do {
            _ = try call.event(start)
            Issue.record("\(platform.rawValue) was let in on \(route.rawValue)")
        } catch let error as DialectError {
            #expect(error.closeCode == 1008)
            #expect(error.shortDescription == "wrong_platform")
            #expect(error == .wrongPlatform(route, looksLike: platform))
            #expect(error.description.contains(route.rawValue) && error.description.contains(platform.rawValue))
        }
    }

    /// What comes first on a platform of another family tells whose it is on every route.
    @Test(arguments: DialectName.allCases, DialectMessages.others)
    func theFirstMessageOfAnotherFamilyIsRefused(
        route: DialectName,
        platform: (name: DialectName, messages: [String])
    ) throws {
        var call = try DialectCall(route)
        let first = try #require(platform.messages.first)
        guard route != platform.name else {
            #expect(try call.start(first) != nil)
            return
        }
        #expect(throws: DialectError.wrongPlatform(route, looksLike: platform.name)) { try call.event(first) }
    }

    @Test(arguments: [DialectName.exotel, .twilio, .plivo, .telnyx])
    func aStartThatTellsNothingIsLetIn(name: DialectName) throws {
        var call = try DialectCall(name)
        let start = try #require(try call.start(#"{"event":"start"}"#))
        #expect(start.hasMadeUpID)
        #expect(start.streamID == "local-00000000000000010000000000000002")
        #expect(start.callID.rawValue == "local-00000000000000030000000000000004")
        #expect(start.platform == name.rawValue)
        #expect(call.audio([0, 0]) != nil)
    }

    @Test(arguments: [DialectName.exotel, .twilio, .plivo, .telnyx])
    func whatHasNoMeaningIsIgnored(name: DialectName) throws {
        var call = try DialectCall(name)
        #expect(try call.event("{}") == .ignored(.unknownName("")))
        #expect(try call.event(#"{"event":7}"#) == .ignored(.unknownName("")))
        #expect(try call.event(#"{"event":"weather"}"#) == .ignored(.unknownName("weather")))
        #expect(try call.event(#"{"event":"media"}"#) == .ignored(.incomplete("media")))
        #expect(try call.event(#"{"event":"media","media":{"payload":7}}"#) == .ignored(.incomplete("media")))
        #expect(try call.event(#"{"event":"dtmf","dtmf":{"digit":"x"}}"#) == .ignored(.incomplete("dtmf")))
        #expect(throws: DialectError.notAnObject) { try call.event("[]") }
        #expect(throws: DialectError.self) { try call.event(#"{"event":"media","media":{"payload":"a"}}"#) }
        #expect(try call.dialect.event(binary: [1]) == .ignored(.unknownName("binary")))
    }
}
