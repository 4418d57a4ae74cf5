// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

/// Each thing a peer may do wrong, and the one close code it is answered with.
@Suite struct ViolationTests {
    static let limits = MessageLimits(maximumMessageBytes: 10, maximumFragments: 3)

    /// Streams to a client, so that they can be read here; the key of the answer is reproducible.
    @Test(
        arguments: [
            ("91", WebSocketError.reservedBits(1), 1002), ("c1", .reservedBits(4), 1002),
            ("83", .reservedOpcode(3), 1002),
            ("81 80", .maskedFrame, 1002), ("09", .fragmentedControlFrame(.ping), 1002),
            ("89 7e", .controlFrameTooLong(.ping), 1002), ("82 7e 00 05", .lengthNotMinimal(5), 1002),
            ("82 7f ff", .lengthTopBitSet, 1002), ("80 00", .unexpectedContinuation, 1002),
            ("81 01 61 80 00", .unexpectedContinuation, 1002), ("01 00 81 00", .missingContinuation(.text), 1002),
            ("02 00 02 00", .missingContinuation(.binary), 1002), ("88 01 03", .closePayloadTooShort, 1002),
            ("88 02 03 e7", .invalidCloseCode(CloseCode(rawValue: 999)), 1002),
            ("88 02 03 ed", .invalidCloseCode(.noStatus), 1002), ("88 02 03 ee", .invalidCloseCode(.abnormal), 1002),
            ("88 02 03 f7", .invalidCloseCode(CloseCode(rawValue: 1015)), 1002),
            ("88 02 0b b7", .invalidCloseCode(CloseCode(rawValue: 2999)), 1002),
            ("88 02 13 88", .invalidCloseCode(CloseCode(rawValue: 5000)), 1002),
            ("88 04 03 e8 c3 28", .closeReasonNotUTF8, 1007), ("88 03 03 e8 c3", .closeReasonNotUTF8, 1007),
            ("81 05 61 ff", .textNotUTF8, 1007), ("81 02 61 c3", .textNotUTF8, 1007),
            ("01 01 c3 80 01 28", .textNotUTF8, 1007), ("01 01 c3 80 00", .textNotUTF8, 1007),
            ("82 0b", .frameTooLong(11, limit: 10), 1009),
            ("02 06 01 02 03 04 05 06 00 05", .messageTooLong(limit: 10), 1009),
            ("02 00 00 00 00 00 00 00", .tooManyFragments(limit: 3), 1009),
        ],
        Delivery.allCases
    )
    func isAnsweredByItsCloseCode(
        _ row: (stream: String, fault: WebSocketError, closeCode: UInt16),
        delivery: Delivery
    ) throws {
        let configuration = WebSocketConfiguration(
            role: .client,
            limits: Self.limits,
            maskingKeys: .reproducible(seed: 7)
        )
        // What follows the fault is not looked at.
        let stream = bytes(row.stream) + bytes("89 00 81 01 61")
        let transcript = Transcript(stream, delivery: delivery, configuration: configuration)
        #expect(transcript.error == row.fault)
        #expect(row.fault.closeCode.rawValue == row.closeCode)
        #expect(!transcript.events.contains("ping "))

        // The answer, read by a server: one close frame with that code, and nothing else.
        let answer = Transcript(
            transcript.outbound,
            delivery: .whole,
            configuration: WebSocketConfiguration(role: .server)
        )
        #expect(answer.events == ["close \(row.closeCode)"])
    }

    @Test func anUnmaskedClientIsRefused() {
        let transcript = Transcript(
            bytes("81 05"),
            delivery: .whole,
            configuration: WebSocketConfiguration(role: .server)
        )
        #expect(transcript.error == .unmaskedFrame)
        #expect(transcript.outbound.starts(with: bytes("88")) && transcript.outbound[2...].starts(with: bytes("03 ea")))
    }

    /// The limits themselves are within the limits.
    @Test(arguments: [
        ("82 0a 01 02 03 04 05 06 07 08 09 0a", "binary 01 02 03 04 05 06 07 08 09 0a"),
        ("02 05 01 02 03 04 05 80 05 06 07 08 09 0a", "binary 01 02 03 04 05 06 07 08 09 0a"),
        ("02 00 00 00 80 00", "binary "),
    ])
    func theLimitItselfIsTaken(stream: String, event: String) {
        let configuration = WebSocketConfiguration(role: .client, limits: Self.limits)
        let transcript = Transcript(bytes(stream), delivery: .whole, configuration: configuration)
        #expect(transcript.events == [event])
        #expect(transcript.error == nil)
    }

    /// A ping between fragments counts for nothing, however many there are.
    @Test func controlFramesAreNoFragments() {
        let stream = bytes("02 00") + [[UInt8]](repeating: bytes("8a 00"), count: 20).flatMap(\.self) + bytes("80 00")
        let configuration = WebSocketConfiguration(role: .client, limits: Self.limits)
        let transcript = Transcript(stream, delivery: .whole, configuration: configuration)
        #expect(transcript.events.last == "binary ")
    }
}
