// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Audio that waits in the wire's own encoding: it is cut into frames and goes out as it came in.
struct CodedQueue: Sendable {
    private let bytesPerSample: Int
    private var bytes: [UInt8] = []
    private var offset = 0

    init(bytesPerSample: Int) { self.bytesPerSample = bytesPerSample }

    /// Whole samples that wait.
    var samples: Int { (bytes.count - offset) / bytesPerSample }

    mutating func append(_ more: Span<UInt8>) {
        if offset > 0, offset * 2 >= bytes.count {
            bytes.removeFirst(offset)
            offset = 0
        }
        for index in more.indices { bytes.append(more[index]) }
    }

    /// Moves so many bytes, at most what waits, behind `frame`, and `padding` bytes of silence.
    mutating func take(_ count: Int, padding: Int, silence: UInt8, into frame: inout [UInt8]) {
        let end = min(bytes.count, offset + count)
        for index in offset..<end { frame.append(bytes[index]) }
        offset = end
        for _ in 0..<padding { frame.append(silence) }
    }
}

extension AudioEncoding {
    /// The byte that silence is made of.
    var silence: UInt8 {
        switch self {
        case .linear16: 0
        case .muLaw: G711.muLaw.silence
        case .aLaw: G711.aLaw.silence
        }
    }
}
