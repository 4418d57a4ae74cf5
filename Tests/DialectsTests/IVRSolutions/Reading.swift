// SPDX-License-Identifier: Apache-2.0

import CallModel

@testable import Dialects

/// Reads messages one after another as one call would, with ids that count up from 1.
struct Reading {
    var dialect: IVRSolutionsDialect

    init(_ settings: IVRSolutionsSettings = IVRSolutionsSettings()) {
        let counter = Counter()
        dialect = IVRSolutionsDialect(settings: settings) { counter.next() }
    }

    /// The event of one text message.
    mutating func event(_ text: String) throws -> CallEvent {
        let bytes = Array(text.utf8)
        return try dialect.decode(text: bytes.span)
    }

    /// The event of one message of any bytes.
    mutating func event(bytes: [UInt8]) throws -> CallEvent { try dialect.decode(text: bytes.span) }

    /// The audio of the last media message.
    var media: [UInt8] {
        dialect.withMedia { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// The start of one text message.
    mutating func start(_ text: String) throws -> CallStart? {
        guard case .start(let start) = try event(text) else { return nil }
        return start
    }
}
