// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Testing
import WebSocketWire

@Suite struct FrameHeaderTests {
    static let server = FrameHeader.Rules(role: .server, allowsCompression: false, maximumPayloadLength: 1 << 40)
    static let client = FrameHeader.Rules(role: .client, allowsCompression: false, maximumPayloadLength: 1 << 40)

    /// Header bytes of RFC 6455 §5.7 and the edges of each length form.
    @Test(arguments: [
        ("81 05", Opcode.text, 5, true, 2), ("01 03", .text, 3, false, 2), ("80 02", .continuation, 2, true, 2),
        ("89 05", .ping, 5, true, 2), ("82 7d", .binary, 125, true, 2), ("82 7e 00 7e", .binary, 126, true, 4),
        ("82 7e 01 00", .binary, 256, true, 4), ("82 7e ff ff", .binary, 65535, true, 4),
        ("82 7f 00 00 00 00 00 01 00 00", .binary, 65536, true, 10), ("88 00", .close, 0, true, 2),
    ])
    func readsAServersHeader(text: String, opcode: Opcode, length: Int, isFinal: Bool, headerLength: Int) throws {
        let stream = bytes(text)
        for count in 0..<stream.count {
            #expect(try FrameHeader.parse(stream.span.extracting(first: count), rules: Self.client) == nil)
        }
        let header = try #require(try FrameHeader.parse(stream.span, rules: Self.client))
        #expect(header.opcode == opcode && header.payloadLength == length && header.isFinal == isFinal)
        #expect(header.headerLength == headerLength && header.maskingKey == nil && !header.isCompressed)
        var written = ByteBuffer()
        FrameHeader(opcode: opcode, payloadLength: length, isFinal: isFinal).write(into: &written)
        #expect(Array(written.readableBytesView) == stream)
    }

    @Test func readsAndWritesAClientsHeader() throws {
        let stream = bytes("81 85 37 fa 21 3d")
        for count in 0..<stream.count {
            #expect(try FrameHeader.parse(stream.span.extracting(first: count), rules: Self.server) == nil)
        }
        let header = try #require(try FrameHeader.parse(stream.span, rules: Self.server))
        #expect(header.maskingKey == 0x3D21_FA37 && header.headerLength == 6)
        var written = ByteBuffer()
        FrameHeader(opcode: .text, payloadLength: 5, maskingKey: 0x3D21_FA37).write(into: &written)
        #expect(Array(written.readableBytesView) == stream)
    }

    /// Each fault is found at its byte: with one byte less there is none.
    @Test(arguments: [
        ("91", WebSocketError.reservedBits(1)), ("a1", .reservedBits(2)), ("c1", .reservedBits(4)),
        ("83", .reservedOpcode(3)), ("87", .reservedOpcode(7)), ("8b", .reservedOpcode(11)),
        ("8f", .reservedOpcode(15)),
        ("08", .fragmentedControlFrame(.close)), ("09", .fragmentedControlFrame(.ping)),
        ("0a", .fragmentedControlFrame(.pong)), ("81 05", .unmaskedFrame), ("88 fe", .controlFrameTooLong(.close)),
        ("89 fe", .controlFrameTooLong(.ping)), ("8a ff", .controlFrameTooLong(.pong)),
        ("81 fe 00 7d", .lengthNotMinimal(125)), ("81 fe 00 00", .lengthNotMinimal(0)),
        ("81 ff 00 00 00 00 00 00 ff ff", .lengthNotMinimal(65535)), ("81 ff 80", .lengthTopBitSet),
        ("81 ff 7f ff ff ff ff ff ff ff", .frameTooLong(Int.max, limit: 1 << 40)),
    ])
    func refusesAClientsHeader(text: String, fault: WebSocketError) throws {
        let stream = bytes(text)
        #expect(try FrameHeader.parse(stream.span.extracting(first: stream.count - 1), rules: Self.server) == nil)
        #expect(throws: fault) { try FrameHeader.parse(stream.span, rules: Self.server) }
    }

    @Test func refusesAMaskedServer() {
        #expect(throws: WebSocketError.maskedFrame) { try FrameHeader.parse(bytes("81 85").span, rules: Self.client) }
    }

    @Test(arguments: [("c1 85 00 00 00 00", true), ("c2 85 00 00 00 00", true), ("c0 85", false), ("c9 80", false)])
    func takesTheCompressionBitOnFirstDataFramesOnly(text: String, isAllowed: Bool) throws {
        var rules = Self.server
        rules.allowsCompression = true
        if isAllowed {
            #expect(try FrameHeader.parse(bytes(text).span, rules: rules)?.isCompressed == true)
        } else {
            #expect(throws: WebSocketError.reservedBits(4)) { try FrameHeader.parse(bytes(text).span, rules: rules) }
        }
    }
}
