// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

/// What a connection makes of a stream, to be compared between deliveries.
struct WireStory: Equatable {
    /// One event with its payload.
    struct Entry: Equatable {
        var event: WebSocketEvent
        var payload: [UInt8]
    }

    var entries: [Entry] = []
    var error: WebSocketError?
    var outbound: [UInt8] = []

    /// Feeds `stream` in pieces whose sizes `seed` chooses; all at once without one.
    init(_ stream: ArraySlice<UInt8>, configuration: WebSocketConfiguration, seed: UInt8?) {
        var connection = WebSocketConnection(configuration: configuration, now: .uptimeNanoseconds(0))
        var rest = stream
        var state = UInt32(seed ?? 0) &+ 1
        while !rest.isEmpty {
            state = state &* 1_664_525 &+ 1_013_904_223
            let size = seed == nil ? rest.count : Int(state >> 24) % 9 + 1
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            connection.receive(piece.span)
            readAll(&connection)
        }
        outbound = Array(connection.takeOutbound().readableBytesView)
    }

    private mutating func readAll(_ connection: inout WebSocketConnection) {
        do throws(WebSocketError) {
            while let event = try connection.next(at: .uptimeNanoseconds(0)) {
                let payload = connection.withMessage { span in (0..<span.count).map { span[$0] } }
                entries.append(Entry(event: event, payload: payload))
            }
        } catch {
            self.error = error
        }
    }

    /// The story in a line.
    var summary: String {
        "\(entries.map { "\($0.event) of \($0.payload.count)" }), \(error?.shortDescription ?? "no fault"), "
            + "\(outbound.count) bytes out"
    }

    /// What no stream may bring about, whatever the delivery.
    func fault(limits: MessageLimits) -> String? {
        for entry in entries {
            if entry.payload.count > limits.maximumMessageBytes, entry.event == .text || entry.event == .binary {
                return "a message of \(entry.payload.count) bytes came through"
            }
            if entry.event == .text, String(validating: entry.payload, as: UTF8.self) == nil {
                return "text that is not UTF-8 came through"
            }
        }
        let isClosed = entries.contains { if case .close = $0.event { true } else { false } }
        return isClosed && error != nil ? "something was read after the close" : nil
    }
}
