// SPDX-License-Identifier: Apache-2.0

import CPrompts

/// The prompts that are part of the program, by name.
enum BuiltInPrompts {
    /// All names there are.
    static let names = [
        "greeting-and-menu", "no-input", "bad-input", "say-it-back", "connecting", "operator", "goodbye", "apology",
    ]

    /// The WAV file of this name, or nil when there is none.
    static func file(_ name: String) -> [UInt8]? {
        // Names and bytes are constants of the program: the pointers are good for ever.
        guard let prompt = unsafe voicebridge_find_prompt(name) else { return nil }
        return unsafe Array(UnsafeBufferPointer(start: prompt.pointee.bytes, count: prompt.pointee.count))
    }
}
