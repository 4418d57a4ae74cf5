// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

struct AudioDoctorTests {
    static let encodings: [StreamEncoding] = [.linear16, .g711(.muLaw), .g711(.aLaw)]

    @Test(arguments: BrokenStream.goodNames, encodings)
    func `nothing is found where nothing is wrong`(name: String, encoding: StreamEncoding) throws {
        let samples = try BrokenStream.good(name)
        try #require(samples.count > 20000)
        let bytes = BrokenStream.bytes(samples, encoding)
        #expect(BrokenStream.diagnose(bytes, as: encoding, realRate: 8000) == [])
    }

    static let mistakes = encodings.flatMap { actual in encodings.filter { $0 != actual }.map { (actual, $0) } }

    @Test(arguments: ["speech", "other speech", "music", "digits", "quiet speech", "bright speech"], mistakes)
    func `an encoding taken for another is named`(name: String, mistake: (StreamEncoding, StreamEncoding)) throws {
        let (actual, declared) = mistake
        let bytes = BrokenStream.bytes(try BrokenStream.good(name), actual)
        let found = BrokenStream.diagnose(bytes, as: declared)
        #expect(found.map(\.fault) == [.encoding(declared: declared, actual: actual)])
        #expect(found.map(\.side) == [.platform])
    }

    @Test(arguments: mistakes)
    func `silence of another encoding is named`(actual: StreamEncoding, declared: StreamEncoding) {
        let bytes = BrokenStream.bytes([Int16](repeating: 0, count: 16000), actual)
        let found = BrokenStream.diagnose(bytes, as: declared)
        #expect(found.map(\.fault) == [.encoding(declared: declared, actual: actual)])
    }

    @Test(arguments: ["speech", "other speech", "music", "digits", "tone 440", "bright speech"])
    func `swapped and shifted bytes are named`(name: String) throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good(name), .linear16)
        #expect(BrokenStream.diagnose(BrokenStream.swapped(bytes), as: .linear16).map(\.fault) == [.byteOrder])
        #expect(BrokenStream.diagnose([7] + bytes + [0], as: .linear16).map(\.fault) == [.shiftedByte])
    }

    @Test func `odd messages are counted`() throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good("speech"), .linear16)
        let found = BrokenStream.diagnose(Array(bytes[0..<32100]), as: .linear16, message: 321)
        #expect(found.map(\.fault) == [.oddBytes(messages: 100)])
        // One byte a sample cannot be odd.
        let law = BrokenStream.bytes(try BrokenStream.good("speech"), .g711(.muLaw))
        #expect(BrokenStream.diagnose(law, as: .g711(.muLaw), message: 321) == [])
    }

    @Test(arguments: [1, 7, 12, 320, 5000])
    func `a header among the samples is found however it is cut`(message: Int) throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good("speech"), .linear16)
        let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), rate: 8000)).bytes(dataBytes: nil)
        let found = BrokenStream.diagnose(header + bytes, as: .linear16, message: message).map(\.fault)
        #expect(found.contains(.header(at: 0)))
        let later = BrokenStream.diagnose(bytes[0..<20000] + header + bytes, as: .linear16, message: message)
        #expect(later.map(\.fault).contains(.header(at: 20000)))
    }

    @Test(arguments: [(8000, 16000), (16000, 8000), (8000, 24000), (24000, 16000), (48000, 44100), (8000, 8800)])
    func `a wrong rate shows against the clock`(declared: Int, actual: Int) throws {
        let sound = try BrokenStream.good("speech")
        let samples = (0..<actual * 16 / 5).map { sound[$0 % sound.count] }
        let bytes = BrokenStream.bytes(samples, .linear16)
        let found = BrokenStream.diagnose(bytes, as: .linear16, rate: declared, realRate: actual)
        try #require(found.count == 1)
        guard case .rate(declared, let measured) = found[0].fault else {
            Issue.record("\(found)")
            return
        }
        #expect(abs(measured - actual) < actual / 25)
    }

    @Test func `a wrong encoding is not a wrong rate besides`() throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good("speech"), .g711(.muLaw))
        // 8000 bytes a second, taken for 16-bit samples of 8000 a second.
        let found = BrokenStream.diagnose(bytes, as: .linear16, realRate: 4000)
        #expect(found.map(\.fault) == [.encoding(declared: .linear16, actual: .g711(.muLaw))])
    }

    @Test func `what waited before the call is no wrong rate`() throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good("speech"), .linear16)
        var doctor = AudioDoctor(encoding: .linear16, rate: 8000)
        doctor.examine(bytes.span.extracting(0..<48000), at: 0)
        for number in 0..<150 {
            doctor.examine(bytes.span.extracting(0..<320), at: Int64(number) * 20_000)
        }
        #expect(doctor.findings == [])
    }

    @Test(arguments: encodings, [-4000, 2000])
    func `direct current is named`(encoding: StreamEncoding, offset: Int) throws {
        let samples = try BrokenStream.good("speech").map { Int16(clamping: Int($0) / 2 + offset) }
        let found = BrokenStream.diagnose(BrokenStream.bytes(samples, encoding), as: encoding)
        try #require(found.count == 1)
        guard case .directCurrent(let mean) = found[0].fault else {
            Issue.record("\(found)")
            return
        }
        #expect(abs(mean - offset) < 200 && found[0].side == .caller)
    }

    @Test func `direct current under pauses is no other encoding`() throws {
        let samples = try BrokenStream.good("digits").map { Int16(clamping: Int($0) / 2 + 3000) }
        let found = BrokenStream.diagnose(BrokenStream.bytes(samples, .linear16), as: .linear16)
        #expect(found.map(\.shortDescription) == ["direct current"])
    }

    @Test func `bytes of a law in odd messages are one fault`() throws {
        let bytes = BrokenStream.bytes(try BrokenStream.good("speech"), .g711(.aLaw))
        let found = BrokenStream.diagnose(bytes, as: .linear16, message: 161)
        #expect(found.map(\.fault) == [.encoding(declared: .linear16, actual: .g711(.aLaw))])
    }

    @Test(arguments: encodings, [1.4, 8])
    func `clipping is named`(encoding: StreamEncoding, gain: Double) throws {
        let speech = try BrokenStream.good("speech")
        let scale = 32767 * gain * 1.2 / Double(speech.map { Int($0).magnitude }.max() ?? 1)
        let samples = speech.map { Int16(min(max(Double($0) * scale, -32768), 32767)) }
        let found = BrokenStream.diagnose(BrokenStream.bytes(samples, encoding), as: encoding, direction: .fromBot)
        #expect(found.map(\.shortDescription) == ["clipping"] && found.map(\.side) == [.bot])
    }

    @Test(arguments: encodings)
    func `dead silence is named after 4 seconds`(encoding: StreamEncoding) {
        let bytes = BrokenStream.bytes([Int16](repeating: 0, count: 48000), encoding)
        let found = BrokenStream.diagnose(bytes, as: encoding)
        #expect(found.map(\.shortDescription) == ["dead silence"] && found.map(\.side) == [.caller])
    }

    @Test func `it stops looking`() {
        var doctor = AudioDoctor(encoding: .g711(.muLaw), rate: 8000, examinedSeconds: 1)
        let silence = [UInt8](repeating: 0xFF, count: 8000)
        doctor.examine(silence.span)
        #expect(!doctor.isExamining && doctor.examinedBytes == 8000)
        let header = Array("RIFF----WAVE".utf8)
        doctor.examine(header.span)
        #expect(doctor.findings == [])
    }

    @Test func `a finding says what, whose and what to do`() {
        let fault = AudioFinding.Fault.encoding(declared: .linear16, actual: .g711(.muLaw))
        #expect(
            AudioFinding(fault: fault, side: .platform).description
                == "platform: wrong encoding: declared as 16-bit little-endian PCM, but the bytes are µ-law; "
                + "declare or send the one encoding"
        )
    }
}
