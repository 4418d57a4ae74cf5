// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import TestSupport
import Testing
import VoiceBridge

/// Gives back what it hears.
struct EchoStage: MediaStage {
    mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
        playback.write(heard)
    }
}

@Suite("Formats and chunk sizes")
struct FormatTests {
    @Test("linear audio reaches the bot to the bit, in chunks of any size", arguments: [1, 80, 160, 333, 800, 9_000])
    func linear(chunk: Int) {
        var driver = Driver()
        driver.ask(.listen)
        let samples = Signal.ramp(16_000)
        for start in stride(from: 0, to: samples.count, by: chunk) {
            driver.media(Array(samples[start..<min(samples.count, start + chunk)]))
        }
        #expect(driver.heard == samples)
    }

    @Test("an odd byte is carried to the next message, and counted")
    func oddBytes() {
        var driver = Driver()
        driver.ask(.listen)
        let samples = Signal.ramp(480)
        let bytes = Signal.bytes(samples)
        driver.media(Array(bytes[..<321]))
        driver.media(Array(bytes[321..<641]))
        driver.media(Array(bytes[641...]))
        #expect(driver.heard == samples)
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.oddBytes == 2)
    }

    @Test("µ-law and A-law are decoded as G.711 says", arguments: [AudioFormat.muLaw8kHz, .aLaw8kHz])
    func companded(wire: AudioFormat) {
        var driver = Driver(wire: wire)
        driver.ask(.listen)
        let codes = (0..<800).map { UInt8($0 % 256) }
        driver.media(codes)
        let expected = codes.map { code in
            Int16(wire == .muLaw8kHz ? PlainG711.decodeMuLaw(code) : PlainG711.decodeALaw(code))
        }
        #expect(driver.heard == expected)
    }

    @Test(
        "through 16 kHz and back the count is exact",
        arguments: [AudioFormat.linear8kHz, .muLaw8kHz, .aLaw8kHz],
        [1, 80, 160, 800]
    )
    func throughSixteen(wire: AudioFormat, chunk: Int) {
        var driver = Driver(wire: wire, bot: .linear16kHz)
        driver.ask(.listen)
        driver.ask(.attach(EchoStage()))
        let count = 1_600
        for start in stride(from: 0, to: count, by: chunk) {
            driver.run(until: Double(start) / 8)
            let samples = Signal.ramp(chunk, from: start)
            driver.media(wire.encoding == .linear16 ? Signal.bytes(samples) : samples.map { UInt8($0 & 255) })
        }
        #expect(driver.heard.count == 3_200)
        #expect(driver.written.count == count * wire.encoding.bytesPerSample)
    }

    @Test(
        "an echo in the wire's own format comes back to the bit, in chunks of any size",
        arguments: [1, 80, 160, 800]
    )
    func echo(chunk: Int) {
        var driver = Driver(configure: { $0.detectsSpeech = false })
        driver.ask(.attach(EchoStage()))
        let samples = Signal.ramp(8_000)
        for start in stride(from: 0, to: samples.count, by: chunk) {
            driver.run(until: Double(start) / 8)
            driver.media(Array(samples[start..<start + chunk]))
        }
        #expect(Signal.samples(driver.written) == samples)
    }

    @Test("a µ-law echo comes back as the codes that were sent")
    func companededEcho() {
        var driver = Driver(wire: .muLaw8kHz, configure: { $0.detectsSpeech = false })
        driver.ask(.attach(EchoStage()))
        // 0x7F is a second zero, which comes back as 0xFF.
        let codes = (0..<1_600).map { UInt8($0 % 256) }.map { $0 == 0x7F ? 0xFF : $0 }
        for start in stride(from: 0, to: codes.count, by: 160) {
            driver.at(Double(start) / 8) { $0.media(Array(codes[start..<start + 160])) }
        }
        #expect(driver.written == codes)
    }
}
