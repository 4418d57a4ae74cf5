// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// What a receptionist says.
package struct ReceptionistPrompts: Sendable {
    package var menu: Prompt
    package var noInput: Prompt
    package var badInput: Prompt
    package var sayItBack: Prompt
    package var connecting: Prompt
    package var operatorComing: Prompt
    package var goodbye: Prompt
    package var apology: Prompt

    /// The built-in prompts, or those of a folder of WAV files of the same names where it has them.
    ///
    /// - Parameter folder: a path; nil for the built-in ones alone.
    /// - Throws: `SoundFileError` when a file is no WAV file that a call can play.
    package init(folder: String? = nil) throws {
        menu = try Self.prompt(
            folder,
            "greeting-and-menu",
            "Welcome to VoiceBridge. For sales, press 1. For support, press 2. To hear yourself, press 3. "
                + "To hear this again, press 9. To speak to an operator, press 0."
        )
        noInput = try Self.prompt(folder, "no-input", "Sorry, I did not hear anything.")
        badInput = try Self.prompt(folder, "bad-input", "Sorry, that is not one of the choices.")
        sayItBack = try Self.prompt(folder, "say-it-back", "Please say something after the tone. I will repeat it.")
        connecting = try Self.prompt(folder, "connecting", "One moment, I am connecting you.")
        operatorComing = try Self.prompt(folder, "operator", "I am connecting you to an operator.")
        goodbye = try Self.prompt(folder, "goodbye", "Thank you for calling. Goodbye.")
        apology = try Self.prompt(folder, "apology", "Sorry, something went wrong on our side. Goodbye.")
    }

    private static func prompt(_ folder: String?, _ name: String, _ text: String) throws -> Prompt {
        if let folder, let own = try own(name, in: folder) { return own }
        guard let file = BuiltInPrompts.file(name) else {
            throw CallError.invalid("the program has no prompt '\(name)'; build it anew")
        }
        return Prompt(try AudioChunk(wav: file), text: text)
    }

    /// `FOLDER/NAME.wav`, if it is there.
    private static func own(_ name: String, in folder: String) throws -> Prompt? {
        let path = folder.hasSuffix("/") ? "\(folder)\(name).wav" : "\(folder)/\(name).wav"
        do {
            return try Prompt(contentsOfFile: path)
        } catch {
            if error.isMissingFile { return nil }
            throw error
        }
    }
}
