// SPDX-License-Identifier: Apache-2.0

import CallModel
import Foundation
import Hummingbird
import VoiceBridge

/// The WAV files that operators may have played, by name.
struct PromptFolder: Sendable {
    /// Largest file that is played, in bytes.
    static let maximumBytes = 8 << 20

    /// The folder; nil for none.
    var path: String?

    /// A prompt of a file of the folder: a plain name, no path, and no link that leads out of it.
    func prompt(_ name: String) throws -> Prompt {
        guard let path else {
            throw fault(
                "no_prompts",
                "this server has no folder of prompts: set admin.prompts, or send the audio itself"
            )
        }
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
            throw fault("bad_name", "give the name of a file of admin.prompts, without a path")
        }
        let folder = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath()
        let file = folder.appending(path: name).resolvingSymlinksInPath()
        guard file.deletingLastPathComponent().path == folder.path,
            let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        else { throw fault("unknown_prompt", "admin.prompts has no file of this name") }
        guard size <= Self.maximumBytes else {
            throw fault("too_large", "the file has \(size) bytes; at most \(Self.maximumBytes) are played")
        }
        do {
            return try Prompt(contentsOfFile: file.path)
        } catch {
            throw fault("unplayable", error.description)
        }
    }

    /// A prompt of the bytes of a WAV file.
    static func prompt(wav bytes: [UInt8]) throws -> Prompt {
        do {
            return Prompt(try AudioChunk(wav: bytes))
        } catch {
            throw AdminFault(.unprocessableContent, "unplayable", error.description)
        }
    }

    private func fault(_ code: String, _ message: String) -> AdminFault {
        AdminFault(.unprocessableContent, code, message)
    }
}
