// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

/// What a connection made of a stream: its events as text, and what it wants to send.
struct Transcript: Equatable {
    var events: [String] = []
    var outbound: [UInt8] = []
    var error: WebSocketError?

    /// Feeds `stream` to a fresh connection.
    init(_ stream: [UInt8], delivery: Delivery, configuration: WebSocketConfiguration) {
        var connection = WebSocketConnection(configuration: configuration, now: .uptimeNanoseconds(0))
        feed(stream, to: &connection, delivery: delivery)
    }

    /// Feeds `stream` to a connection that is under way.
    init(_ stream: [UInt8], to connection: inout WebSocketConnection, delivery: Delivery = .whole) {
        feed(stream, to: &connection, delivery: delivery)
    }

    private mutating func feed(_ stream: [UInt8], to connection: inout WebSocketConnection, delivery: Delivery) {
        for piece in delivery.pieces(of: stream) {
            connection.receive(piece.span)
            do throws(WebSocketError) {
                while let event = try connection.next(at: .uptimeNanoseconds(0)) {
                    let payload = connection.withMessage { span in
                        (0..<span.count).map { span[$0] }
                    }
                    events.append(Self.describe(event, payload))
                }
            } catch {
                self.error = error
            }
        }
        outbound += connection.takeOutbound().readableBytesView
    }

    private static func describe(_ event: WebSocketEvent, _ payload: [UInt8]) -> String {
        switch event {
        case .text: "text " + String(decoding: payload, as: UTF8.self)
        case .binary: "binary " + hex(payload)
        case .ping: "ping " + hex(payload)
        case .pong: "pong " + hex(payload)
        case .close(let code): "close \(code)"
        }
    }
}
