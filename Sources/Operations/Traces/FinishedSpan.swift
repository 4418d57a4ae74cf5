// SPDX-License-Identifier: Apache-2.0
import Tracing

/// A span that is over, as it waits for the collector.
struct FinishedSpan: Sendable {
    /// Most of each of these that a span keeps.
    static let maximum = (attributes: 64, events: 128, links: 32)
    /// Most bytes of a text in an attribute, a name or a message.
    static let longestText = 256

    let context: TraceContext
    /// The span that it is part of; nil for the first of a trace.
    let parent: UInt64?
    var name: String
    let kind: SpanKind
    /// Nanoseconds since 1970.
    let start: UInt64
    /// Nanoseconds since 1970; not before ``start``.
    var end: UInt64
    var attributes = SpanAttributes()
    var events: [SpanEvent] = []
    var links: [SpanLink] = []
    var status: SpanStatus?
    /// Events and links that found no room.
    var dropped = (events: 0, links: 0)
}
