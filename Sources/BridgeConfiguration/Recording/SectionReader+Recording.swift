// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension SectionReader {
    /// `recording`, and what of it is a route's unless the route says otherwise.
    func readRecording(_ section: MappingReader?) -> (server: RecordingConfiguration, route: RouteRecording) {
        var recording = RecordingConfiguration()
        guard var section else { return (recording, RouteRecording()) }
        if let node = section.take("folder"), !node.isWord("off") {
            recording.folder = node.text("the path of a folder, or off")
        }
        if let node = section.take("format"), let word = node.word(among: RecordingFormat.allCases.map(\.rawValue)),
            let format = RecordingFormat(rawValue: word)
        {
            recording.format = format
            if !format.isBuilt { node.report("\(RecordingFormat.notBuilt)") }
        }
        recording.buffer = section.duration("buffer", in: .seconds(1) ... .seconds(60), default: recording.buffer)
        recording.keepDays = section.integer("keep_days", in: 1...36_500, default: recording.keepDays)
        if let node = section.take("keep_bytes"), !node.isWord("off") {
            recording.keepBytes = node.bytes(in: (1 << 20)...(1 << 60))
        }
        if let node = section.take("encryption_key") { recording.encryptionKey = readKey(node) }
        var route = RouteRecording()
        route.isRecorded = recording.folder != nil
        read(&section, into: &route, hasFolder: recording.folder != nil)
        section.finish()
        return (recording, route)
    }

    /// `recording` of one route, over the server's.
    func readRouteRecording(_ section: MappingReader?, over server: RouteRecording, hasFolder: Bool) -> RouteRecording {
        var route = server
        guard var section else { return route }
        read(&section, into: &route, hasFolder: hasFolder)
        section.finish()
        return route
    }

    private func read(_ section: inout MappingReader, into route: inout RouteRecording, hasFolder: Bool) {
        if let node = section.take("when"), let word = node.word(among: ["always", "never"]) {
            route.isRecorded = word == "always" && hasFolder
            if word == "always", !hasFolder { node.report("needs a place for the files; give `recording.folder`") }
        }
        route.pausesForDigits = section.flag("pause_for_digits", default: route.pausesForDigits)
        let prompt = section.take("consent_prompt")
        let file = prompt.flatMap { $0.file("the WAV file of the announcement") }
        guard let node = section.take("consent") else {
            guard let prompt else { return }
            guard case .prompt = route.consent else {
                return prompt.report("is played only with `consent: prompt`; add that, or remove the file")
            }
            if let file { route.consent = .prompt(file) }
            return
        }
        switch node.word(among: ["none", "prompt", "bot"]) {
        case "prompt":
            if let file {
                route.consent = .prompt(file)
            } else if prompt == nil, route.consent.word != "prompt" {
                node.report("needs the WAV file that is played; give `consent_prompt`")
            }
        case "none": route.consent = .none
        case "bot": route.consent = .bot
        default: return
        }
        if let prompt, route.consent.word != "prompt" {
            prompt.report("is played only with `consent: prompt`; change that, or remove the file")
        }
    }

    private func readKey(_ node: ConfigurationNode) -> Secret? {
        guard let secret = node.secret(.token) else { return nil }
        let text = secret.reveal()
        guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            node.report("is no key of 256 bits; give 64 hexadecimal digits, as `openssl rand -hex 32` makes them")
            return nil
        }
        return secret
    }
}
