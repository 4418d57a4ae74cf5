// SPDX-License-Identifier: Apache-2.0

/// Reads a `text/event-stream` (WHATWG HTML §9.2.6) from pieces of any size.
///
/// `id` and `retry` are for readers that reconnect; they are passed over, as unknown fields are.
package struct ServerSentEventParser: Sendable {
    /// Most bytes of one event; an event that is larger is dropped and counted.
    package let maximumEvent: Int
    /// Events dropped because they were too large.
    package private(set) var dropped = 0
    private var line: [UInt8] = []
    private var type = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var size = 0
    private var isFirstLine = true
    private var endedWithReturn = false

    /// A parser at the beginning of a stream.
    ///
    /// - Parameter maximumEvent: most bytes of one event. Default 1 MiB.
    package init(maximumEvent: Int = 1 << 20) { self.maximumEvent = maximumEvent }

    /// Takes the next piece and returns the events that it completes.
    package mutating func parse(_ bytes: [UInt8]) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            // A line ends with LF, CR or CR LF.
            let isSecondOfPair = endedWithReturn && byte == UInt8(ascii: "\n")
            endedWithReturn = byte == UInt8(ascii: "\r")
            if isSecondOfPair { continue }
            guard byte == UInt8(ascii: "\n") || endedWithReturn else {
                size += 1
                if size <= maximumEvent { line.append(byte) }
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = line[..<(colon ?? line.endIndex)]
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if name.elementsEqual("data".utf8) {
            if hasData { data.append(UInt8(ascii: "\n")) }
            hasData = true
            data += value
        } else if name.elementsEqual("event".utf8) {
            type = String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            type = ""
            data.removeAll(keepingCapacity: true)
            hasData = false
            size = 0
        }
        guard size <= maximumEvent else {
            dropped += 1
            return nil
        }
        guard hasData else { return nil }
        return ServerSentEvent(type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self))
    }
}
