// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// What the wires of other families do not carry, each by its own error and with nothing written.
@Suite struct RefusalTests {
    static let names = [DialectName.vonage, .asterisk, .jambonz, .ozonetel]

    @Test(arguments: names)
    func keysAndTransfersAreRefused(name: DialectName) throws {
        var call = try DialectCall(name)
        let keys = try #require(DTMFString("1"))
        #expect(!call.dialect.capabilities.sendDigits)
        #expect(call.dialect.capabilities.transfers.isEmpty)
        #expect(throws: DialectError.digitsNotCarried) { try call.messages(.digits(keys)) }
        #expect(throws: DialectError.notCarried(.phone)) { try call.messages(.transfer(.phone("1"))) }
    }

    @Test(arguments: [DialectName.vonage, .asterisk, .jambonz])
    func aMarkWithoutANameIsRefused(name: DialectName) throws {
        var call = try DialectCall(name)
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) { try call.messages(.mark("")) }
        let long = String(repeating: "p", count: 257)
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) { try call.messages(.mark(long)) }
    }

    @Test func whatAPlatformHasNoMessageForIsNotSent() throws {
        var vonage = try DialectCall(.vonage)
        #expect(!vonage.dialect.capabilities.hangUp)
        #expect(try vonage.messages(.hangUp(reason: nil)).isEmpty)
        var ozonetel = try DialectCall(.ozonetel)
        #expect(!ozonetel.dialect.capabilities.marks)
        #expect(try ozonetel.messages(.mark("p")).isEmpty)
    }
}
