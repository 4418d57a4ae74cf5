// SPDX-License-Identifier: Apache-2.0

/// How a stream of bytes reaches the connection.
enum Delivery: CaseIterable {
    /// All at once.
    case whole
    /// A byte at a time.
    case byteByByte
    /// In pieces of three bytes, which cut headers, masks and characters.
    case threes

    func pieces(of stream: [UInt8]) -> [[UInt8]] {
        let size =
            switch self {
            case .whole: max(stream.count, 1)
            case .byteByByte: 1
            case .threes: 3
            }
        return stride(from: 0, to: stream.count, by: size).map {
            Array(stream[$0..<min($0 + size, stream.count)])
        }
    }
}
