// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TelephonyAudio

struct HeaderScanTests {
    @Test(arguments: [1, 5, 11, 12, 13, 160])
    func `a header is found at any place of any message`(message: Int) {
        for place in 150..<190 {
            // The letters of the beginning stand before it too.
            let bytes = Array(repeating: UInt8(ascii: "R"), count: place) + Array("RIFF\0\0\0\0WAVEfmt RIFF".utf8)
            let padded = bytes + [UInt8](repeating: 0, count: 200)
            var scan = HeaderScan()
            for start in stride(from: 0, to: padded.count, by: message) {
                scan.add(padded.span.extracting(start..<min(start + message, padded.count)))
            }
            #expect(scan.offset == place)
        }
    }

    @Test(arguments: ["RIFF----WAV", "RIFF----WAVF", "RRIF----WAVE", "RIFF-----WAVE", "IFF----WAVE"])
    func `what is no header is not found`(text: String) {
        var scan = HeaderScan()
        let bytes = [UInt8](repeating: 0, count: 155) + Array(text.utf8) + [UInt8](repeating: 0, count: 160)
        for start in stride(from: 0, to: bytes.count, by: 80) {
            scan.add(bytes.span.extracting(start..<min(start + 80, bytes.count)))
        }
        #expect(scan.offset == nil)
    }
}
