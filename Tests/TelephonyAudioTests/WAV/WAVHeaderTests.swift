// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct WAVHeaderTests {
    @Test func `the plain header is the 44 bytes everybody knows`() {
        let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: 16000))
        let expected: [UInt8] =
            [0x52, 0x49, 0x46, 0x46, 0x28, 0, 0, 0, 0x57, 0x41, 0x56, 0x45]
            + [0x66, 0x6D, 0x74, 0x20, 16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0]
            + [0x64, 0x61, 0x74, 0x61, 4, 0, 0, 0]
        #expect(header.bytes(dataBytes: 4) == expected && header.byteCount == 44)
    }

    @Test(arguments: [
        (WAVFormat.Encoding.pcm(bytes: 2), 1), (.pcm(bytes: 2), 2), (.pcm(bytes: 3), 1), (.float, 1),
        (.g711(.muLaw), 1), (.g711(.aLaw), 2),
    ])
    func `an open header patched is the header of known length`(encoding: WAVFormat.Encoding, channels: Int) throws {
        let format = WAVFormat(encoding: encoding, channels: channels, rate: 8000)
        let header = WAVHeader(format: format)
        let data = [UInt8](repeating: 0xD5, count: format.bytesPerBlock * 5)
        var file = header.bytes(dataBytes: nil) + data
        #expect(header.byteCount + data.count == file.count)
        let open = try WAVFile.parse(file)
        #expect(open.isOpenEnded && open.format == format && open.samples.count == 5)
        for patch in header.patches(dataBytes: data.count) {
            file.replaceSubrange(patch.offset..<patch.offset + patch.bytes.count, with: patch.bytes)
        }
        #expect(file == header.bytes(dataBytes: data.count) + data)
        let closed = try WAVFile.parse(file)
        #expect(!closed.isOpenEnded && closed.samples == open.samples && closed.format == format)
    }

    @Test func `a length beyond four bytes stays open`() {
        let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: 8000))
        #expect(header.bytes(dataBytes: 1 << 33) == header.bytes(dataBytes: nil))
    }
}
