// SPDX-License-Identifier: Apache-2.0

internal import Dialects

extension CALLRCommand.Target {
    /// The number as JSON.
    ///
    /// - Throws: ``PlatformRequestError`` when it is not of E.164, or rings shorter or longer than it may.
    func value() throws(PlatformRequestError) -> JSONValue {
        guard CALLRCommand.isInternational(number) else { throw PlatformRequestError("number", "begin with +") }
        guard (5...300).contains(timeout) else {
            throw PlatformRequestError("timeout", "give 5 to 300, not \(timeout)")
        }
        return .object(["number": .string(number), "timeout": .number(timeout)])
    }

    /// Numbers to ring in turn as JSON.
    ///
    /// - Throws: as ``value()``; also when there are none.
    static func values(_ targets: [Self]) throws(PlatformRequestError) -> JSONValue {
        guard !targets.isEmpty else { throw PlatformRequestError("targets", "give at least one number") }
        var values: [JSONValue] = []
        for target in targets { values.append(try target.value()) }
        return .array(values)
    }
}

extension CALLRCommand.Dialling {
    /// Looks at what the dialled and the platform's record are told.
    ///
    /// - Throws: ``PlatformRequestError``.
    func check() throws(PlatformRequestError) {
        guard callerID == "BLOCKED" || CALLRCommand.isInternational(callerID) else {
            throw PlatformRequestError("cli", "give BLOCKED or a number that begins with +")
        }
        guard recordField.utf8.count <= 32, recordField.utf8.allSatisfy(Self.isLetterOrDigit) else {
            throw PlatformRequestError("cdr_field", "give at most 32 letters and digits")
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
