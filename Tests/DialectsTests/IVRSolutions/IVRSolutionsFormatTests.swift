// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

@Suite struct IVRSolutionsFormatTests {
    static let names: [(AudioEncoding, [String])] = [
        (
            .linear16,
            [
                "raw/slin",
                "slin",
                "slin16",
                "pcm",
                "pcm16",
                "pcm_s16le",
                "l16",
                "linear",
                "linear16",
                "lpcm",
                "raw",
                "base64",
                "audio/l16",
                "audio/x-l16",
                "audio/pcm",
                "audio/x-raw",
                "raw/lpcm16",
                "RAW/SLIN",
                "audio/x-L16",
            ]
        ),
        (.muLaw, ["mulaw", "ulaw", "pcmu", "g711_ulaw", "audio/x-mulaw", "audio/pcmu", "raw/mulaw", "PCMU"]),
        (.aLaw, ["alaw", "pcma", "g711_alaw", "audio/x-alaw", "audio/pcma", "raw/alaw", "PCMA"]),
    ]

    @Test(arguments: names)
    func eachNameOfAnEncodingIsKnown(encoding: AudioEncoding, names: [String]) throws {
        for name in names {
            var call = Reading()
            let text = #"{"event":"start","start":{"media_format":{"encoding":"\#(name)","sample_rate":8000}}}"#
            #expect(try call.start(text)?.format == AudioFormat(encoding: encoding, sampleRate: 8_000))
        }
    }

    @Test(arguments: [
        (#"{"event":"start"}"#, 8_000), (#"{"event":"start","start":{"media_format":{}}}"#, 8_000),
        (#"{"event":"start","start":{"media_format":null}}"#, 8_000),
        (#"{"event":"start","start":{"media_format":{"encoding":"","sample_rate":""}}}"#, 8_000),
        (#"{"event":"start","start":{"media_format":{"sample_rate":16000}}}"#, 16_000),
        (#"{"event":"start","start":{"mediaFormat":{"sampleRate":"16000"}}}"#, 16_000),
        (#"{"event":"start","start":{"audioFormat":{"sampleRate":24000}}}"#, 24_000),
        (#"{"event":"start","audio_format":{"sample_rate":48000}}"#, 48_000),
        (#"{"event":"start","mediaFormat":{"sample_rate":16000.0,"channels":1}}"#, 16_000),
        (#"{"event":"start","media_format":{"encoding":"audio/x-l16;rate=16000"}}"#, 16_000),
        (#"{"event":"start","media_format":{"encoding":"audio/L16; rate = 24000 ; channels=1"}}"#, 24_000),
        (#"{"event":"start","media_format":{"encoding":"audio/l16;rate=16000","sample_rate":8000}}"#, 8_000),
        (#"{"event":"start","media_format":"audio/l16;rate=16000"}"#, 16_000),
        (#"{"event":"start","encoding":"pcm","sample_rate":"16000","channels":"1"}"#, 16_000),
        (#"{"event":"start","start":{"sample_rate":24000,"media_format":{"encoding":"pcm"}}}"#, 24_000),
        (
            #"{"event":"start","start":{"media_format":{"encoding":"raw/slin;","sample_rate":8000,"bit_rate":"16"}}}"#,
            8_000
        ),
    ])
    func theRateIsReadWhereverItStands(text: String, rate: Int) throws {
        var call = Reading()
        #expect(try call.start(text)?.format == AudioFormat(encoding: .linear16, sampleRate: rate))
    }

    @Test(arguments: [
        (#"{"encoding":"opus"}"#, "encoding", "opus"), (#"{"encoding":"g729"}"#, "encoding", "g729"),
        (#"{"encoding":"audio/mpeg;rate=8000"}"#, "encoding", "audio/mpeg;rate=8000"),
        (#"{"encoding":5}"#, "encoding", "5"),
        (#"{"encoding":["pcm"]}"#, "encoding", #"["pcm"]"#),
        (#"{"sample_rate":44100}"#, "sample_rate", "44100"),
        (#"{"sample_rate":11025}"#, "sample_rate", "11025"), (#"{"sample_rate":"8k"}"#, "sample_rate", "8k"),
        (#"{"sample_rate":0}"#, "sample_rate", "0"), (#"{"sample_rate":-8000}"#, "sample_rate", "-8000"),
        (#"{"sample_rate":8000.5}"#, "sample_rate", "8000.5"),
        (#"{"sample_rate":true}"#, "sample_rate", "true"),
        (#"{"encoding":"l16;rate=32000"}"#, "sample_rate", "32000"), (#"{"channels":2}"#, "channels", "2"),
        (#"{"channels":"stereo"}"#, "channels", "stereo"), (#"{"channels":0}"#, "channels", "0"),
        (#"{"encoding":"l16;channels=2"}"#, "channels", "2"),
        (#"{"sample_rate":999999999999999999999999}"#, "sample_rate", "999999999999999999999999"),
    ])
    func anotherFormatClosesTheCallAndIsNamed(format: String, field: String, value: String) {
        var call = Reading()
        do {
            _ = try call.dialect.event(#"{"event":"start","start":{"media_format":\#(format)}}"#)
            Issue.record("took \(format)")
        } catch {
            #expect(error == .unsupportedFormat(field: field, value: value))
            #expect(error.closesCall)
            #expect(error.closeCode == 1003)
            #expect(!error.countsAsNotJSON)
            #expect(error.description.contains("\(field) is \"\(value)\""))
        }
    }

    @Test func aRefusedValueIsNamedWithinBounds() {
        let error = DialectError.unsupportedFormat(field: "encoding", value: String(repeating: "x", count: 5_000))
        #expect(error.description.utf8.count < 300)
    }
}
