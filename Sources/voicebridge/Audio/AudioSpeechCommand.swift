// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import TelephonyAudio

/// `voicebridge audio speech IN`.
struct AudioSpeechCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speech",
        abstract: "Finds the stretches of speech in audio.",
        discussion: """
            Prints a JSON object for each stretch when it has ended, with start_s and end_s in seconds. Files that end \
            in .wav are WAV files; others, and a dash for standard input, are raw signed 16-bit little-endian mono \
            samples.
            """
    )

    @Option(help: "Rate of raw samples in hertz (default: 8000); a WAV file must have it if it is given.")
    var rate: Int?

    @Option(help: ArgumentHelp("Milliseconds of speech that begin a stretch.", valueName: "n"))
    var onsetMs = 60

    @Option(help: ArgumentHelp("Milliseconds of silence that end one.", valueName: "n"))
    var hangOverMs = 200

    @Flag(help: "Print a JSON object for each 20 ms instead: time_s of its end, speech, probability.")
    var frames = false

    @Argument(help: "File to read; - is standard input.")
    var input: String

    func validate() throws {
        if let complaint = AudioInput.complaint(aboutRate: rate) { throw ValidationError(complaint) }
        for (name, value) in [("--onset-ms", onsetMs), ("--hang-over-ms", hangOverMs)]
        where !(20...10_000).contains(value) {
            throw ValidationError("\(name) must be 20…10000.")
        }
    }

    func run() throws {
        let sink = try ByteSink(path: "-")
        var options = VoiceActivityDetector.Options()
        (options.onset, options.hangOver) = (onsetMs, hangOverMs)
        var start = 0
        func lines(_ event: SpeechEvent, _ rate: SampleRate) -> [UInt8] {
            if event.edge == .started { start = event.boundary }
            guard event.edge == .ended else { return [] }
            let (from, to) = (
                StreamTime(sample: start, rate: rate.rawValue), StreamTime(sample: event.boundary, rate: rate.rawValue)
            )
            return Array("{\"start_s\":\(from),\"end_s\":\(to)}\n".utf8)
        }
        var (detector, rate) = try AudioInput(path: input, rate: rate).listen { rate in
            VoiceActivityDetector(rate: rate, options: options)
        } _: { detector, samples, rate in
            var text: [UInt8] = []
            if frames {
                text = judge(samples, &detector, rate)
            } else {
                detector.process(samples) { text += lines($0, rate) }
            }
            try sink.write(text, count: text.count)
        }
        var text: [UInt8] = []
        if !frames { detector.finish { text += lines($0, rate) } }
        try sink.write(text, count: text.count)
        try sink.close()
    }

    /// One line for each frame that the samples complete.
    private func judge(_ samples: Span<Int16>, _ detector: inout VoiceActivityDetector, _ rate: SampleRate) -> [UInt8] {
        var text: [UInt8] = []
        // Steps that are shorter than a frame complete at most one each.
        let step = rate.rawValue / 100
        var start = 0
        while start < samples.count {
            let end = min(start + step, samples.count)
            let before = detector.frames
            detector.process(samples.extracting(start..<end))
            start = end
            guard detector.frames > before else { continue }
            let time = StreamTime(sample: detector.frames, rate: 50)
            let probability = StreamTime(sample: Int(detector.probability * 1000), rate: 1000)
            text += Array("{\"time_s\":\(time),\"speech\":\(detector.isSpeech),\"probability\":\(probability)}\n".utf8)
        }
        return text
    }
}
