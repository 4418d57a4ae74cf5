// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import VoiceBridge

extension FlowReader {
    /// `say: TEXT`, or `say:` with `text`, `audio`, `language` and `interruption`.
    mutating func says(_ node: ConfigurationNode, _ interruption: ((InterruptionPolicy) -> Void)?) -> FlowUtterance? {
        guard case .some = node.mapping else {
            guard let text = template(node, "a text to say") else { return nil }
            return checked(FlowUtterance(text: text), node)
        }
        guard var mapping = MappingReader(node) else { return nil }
        let text = mapping.take("text")
        let audio = mapping.take("audio")
        let language = mapping.take("language")
        readInterruption(&mapping, interruption)
        mapping.finish()
        if text == nil { mapping.reportMissing("text", "give what is said, also when `audio` has it as sound") }
        var utterance = FlowUtterance(text: text.flatMap { template($0, "a text to say") })
        utterance.language = language?.text("a language, such as en-IN")
        if let audio {
            guard let sound = file(audio) else { return nil }
            utterance.sound = sound
        }
        return utterance.text == nil ? nil : checked(utterance, text ?? node)
    }

    /// `play: FILE`, or `play:` with `file` or `prompt`, and `interruption`.
    mutating func plays(_ node: ConfigurationNode, _ interruption: ((InterruptionPolicy) -> Void)?) -> FlowUtterance? {
        guard case .some = node.mapping else { return file(node).map { FlowUtterance(sound: $0) } }
        guard var mapping = MappingReader(node) else { return nil }
        let file = mapping.take("file")
        let prompt = mapping.take("prompt")
        readInterruption(&mapping, interruption)
        mapping.finish()
        return sound(file: file, prompt: prompt, of: node).map { FlowUtterance(sound: $0) }
    }

    /// The one sound that a mapping names.
    mutating func sound(
        file: ConfigurationNode?,
        prompt: ConfigurationNode?,
        of node: ConfigurationNode
    ) -> FlowSound? {
        switch (file, prompt) {
        case (let file?, nil): return self.file(file)
        case (nil, let prompt?): return self.prompt(prompt)
        default:
            node.report("needs one sound; give one of `file` and `prompt`")
            return nil
        }
    }

    /// What stands under `say` or `play` of a mapping; nil when neither is there.
    mutating func readUtterance(_ mapping: inout MappingReader) -> FlowUtterance? {
        let say = mapping.take("say")
        let play = mapping.take("play")
        if let say, play != nil {
            say.report("stands beside `play`; keep one of them (`say` takes a sound as `audio`)")
        }
        if let say { return says(say, nil) }
        return play.flatMap { plays($0, nil) }
    }

    /// A text to say, or a mapping with `say` or `play`.
    mutating func readComplaint(_ node: ConfigurationNode?) -> FlowUtterance? {
        guard let node else { return nil }
        guard case .some = node.mapping else { return says(node, nil) }
        guard var mapping = MappingReader(node) else { return nil }
        let utterance = readUtterance(&mapping)
        mapping.finish()
        if utterance == nil, mapping.entries.isEmpty {
            node.report("says nothing; give a text, or one of `say` and `play`")
        }
        return utterance
    }

    /// `interruption: digits`, `speech` or `none`.
    mutating func readInterruption(_ mapping: inout MappingReader, _ take: ((InterruptionPolicy) -> Void)?) {
        guard let take, let node = mapping.take("interruption") else { return }
        switch node.word(among: ["digits", "speech", "none"]) {
        case "digits": take(.digitsOnly)
        case "speech": take(.allowed)
        case "none": take(.protected)
        default: return
        }
    }

    /// Reports a text that nobody can say.
    func checked(_ utterance: FlowUtterance, _ node: ConfigurationNode) -> FlowUtterance {
        if utterance.sound == nil, surroundings.hasSynthesizer == false {
            node.report(
                "needs a synthesizer; set the bot's option `voice_url`, or write `{text: …, audio: FILE.wav}`"
            )
        }
        return utterance
    }

    mutating func file(_ node: ConfigurationNode) -> FlowSound? {
        guard let path = node.text("the path of a WAV file") else { return nil }
        let sound = FlowSound.file(path)
        if sounds[sound] != nil { return sound }
        switch context.bytes(ofFile: path) {
        case .failure(let error):
            node.report("cannot read the sound (\(ShownText.bounded("\(error)"))); check the path and who may read it")
            return nil
        case .success(let bytes): return load(sound, bytes, node) ? sound : nil
        }
    }

    private mutating func prompt(_ node: ConfigurationNode) -> FlowSound? {
        guard let name = node.word(among: BuiltInPrompts.names), let bytes = BuiltInPrompts.file(name) else {
            return nil
        }
        return load(.prompt(name), bytes, node) ? .prompt(name) : nil
    }

    /// Keeps the audio of a sound; false, and a fault, when it is none.
    private mutating func load(_ sound: FlowSound, _ bytes: [UInt8], _ node: ConfigurationNode) -> Bool {
        guard sounds[sound] == nil else { return true }
        do {
            let prompt = Prompt(try AudioChunk(wav: bytes))
            soundBytes += prompt.audio.sampleCount * 2
            guard soundBytes <= Self.maximumSoundBytes else {
                node.report("is one sound too many: together they have more than \(Self.maximumSoundBytes >> 20) MiB")
                return false
            }
            sounds[sound] = prompt
            return true
        } catch {
            node.report("cannot be played: \(error)")
            return false
        }
    }
}
