// SPDX-License-Identifier: Apache-2.0
import WebSocketWire

extension FuzzTarget {
    /// Frames, messages and closing, in both roles: two bytes of settings, then the stream.
    ///
    /// However the stream is cut up, the same must come of it.
    static let frames = FuzzTarget(name: "frames") { input in
        guard input.count >= 2 else { return nil }
        let limits = MessageLimits(
            maximumMessageBytes: input[0] & 0x08 == 0 ? 4096 : 20,
            maximumFragments: input[0] & 0x10 == 0 ? 64 : 3
        )
        let takesOver = input[0] & 0x04 == 0
        let configuration = WebSocketConfiguration(
            role: input[0] & 0x01 == 0 ? .client : .server,
            limits: limits,
            compression: input[0] & 0x02 == 0
                ? nil : CompressionParameters(serverNoContextTakeover: !takesOver, clientNoContextTakeover: !takesOver),
            maskingKeys: .reproducible(seed: 1)
        )
        let stream = input.dropFirst(2)
        let whole = WireStory(stream, configuration: configuration, seed: nil)
        if let fault = whole.fault(limits: limits) { return fault }
        let cut = WireStory(stream, configuration: configuration, seed: input[1])
        return whole == cut ? nil : "the delivery makes a difference: \(whole.summary), \(cut.summary)"
    }
}
