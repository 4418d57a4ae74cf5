// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge audio …`: the audio core on files and streams.
struct AudioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audio",
        abstract: "Runs the audio core on files and streams.",
        subcommands: [
            AudioResampleCommand.self, AudioG711Command.self, AudioDTMFCommand.self, AudioSpeechCommand.self,
            AudioDoctorCommand.self, AudioToneCommand.self,
        ]
    )
}
