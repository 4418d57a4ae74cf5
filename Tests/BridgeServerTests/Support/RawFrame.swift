// SPDX-License-Identifier: Apache-2.0

/// A frame of a server as its bytes stand.
struct RawFrame: Sendable, Equatable {
    var first: UInt8
    var payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }
    var isText: Bool { first == 0x81 }
    /// The code of a close frame.
    var closeCode: Int? {
        first == 0x88 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
    }

    /// Takes a frame from the front of bytes; masked ones are an error.
    static func take(_ bytes: inout ArraySlice<UInt8>) throws -> RawFrame? {
        let base = bytes.startIndex
        guard bytes.count >= 2 else { return nil }
        guard bytes[base + 1] < 0x80 else { throw Masked() }
        var length = Int(bytes[base + 1])
        var start = base + 2
        if length == 126 || length == 127 {
            let count = length == 126 ? 2 : 8
            guard bytes.count >= 2 + count else { return nil }
            length = bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        guard bytes.endIndex - start >= length else { return nil }
        defer { bytes = bytes[(start + length)...] }
        return RawFrame(first: bytes[base], payload: Array(bytes[start..<start + length]))
    }

    struct Masked: Error {}

    /// A client's frame.
    static func make(_ first: UInt8, _ payload: [UInt8], isMasked: Bool = true, announcing: Int? = nil) -> [UInt8] {
        let length = announcing ?? payload.count
        let mask: UInt8 = isMasked ? 0x80 : 0
        var bytes = [first]
        switch length {
        case 0..<126: bytes.append(mask | UInt8(length))
        case 126..<65_536: bytes += [mask | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
        default: bytes += [mask | 127] + (0..<8).map { UInt8(length >> (56 - 8 * $0) & 0xFF) }
        }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0xA5, 0x3C, 0x01, 0xF0]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    static func text(_ text: String) -> [UInt8] { make(0x81, Array(text.utf8)) }
    static func binary(_ bytes: [UInt8]) -> [UInt8] { make(0x82, bytes) }
    static func close(_ code: Int) -> [UInt8] { make(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)]) }
}

extension RawClient {
    /// Waits for a frame; nil when the server closes without one.
    func frame(within limit: Duration = .seconds(20)) async throws -> RawFrame? {
        try await take("frame", within: limit) { try RawFrame.take(&$0) }
    }

    /// Frames until the one that is wanted, it included; all up to the end of the connection when it does not come.
    func frames(within limit: Duration = .seconds(30), until isLast: (RawFrame) -> Bool) async throws -> [RawFrame] {
        var frames: [RawFrame] = []
        while let frame = try await frame(within: limit) {
            frames.append(frame)
            if isLast(frame) { break }
        }
        return frames
    }

    /// Waits for the close frame, answers it, and gives its code; nil when there is none.
    func closeCode() async throws -> Int? {
        let code = try await frames { $0.closeCode != nil }.last?.closeCode
        if let code { sendAnyway(RawFrame.close(code)) }
        return code
    }
}
