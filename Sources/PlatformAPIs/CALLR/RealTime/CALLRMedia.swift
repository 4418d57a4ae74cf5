// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// Something that CALLR plays: what it has in its library, or a text that it says.
package enum CALLRMedia: Sendable, Equatable {
    /// Nothing.
    case none
    /// An entry of the library, from 1.
    case library(Int)
    /// A text, said by one of the platform's voices, such as `TTS_EN-GB_SERENA`.
    case speech(voice: String, text: String)

    /// Longest text that is said, in bytes of UTF-8; a bound of ours.
    package static let maximumTextBytes = 8_192

    /// The value on the wire: 0, the entry's number, or `TTS|voice|text`.
    ///
    /// - Throws: ``PlatformRequestError`` when the platform would read something else.
    func value(_ field: String) throws(PlatformRequestError) -> JSONValue {
        switch self {
        case .none: return .number(0)
        case .library(let entry):
            guard entry > 0 else { throw PlatformRequestError(field, "give the number of an entry of the library") }
            return .number(entry)
        case .speech(let voice, let text):
            guard !voice.isEmpty, !voice.contains("|") else {
                throw PlatformRequestError(field, "give the name of a voice, such as TTS_EN-GB_SERENA")
            }
            guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= Self.maximumTextBytes else {
                throw PlatformRequestError(field, "give a text of 1 to \(Self.maximumTextBytes) bytes")
            }
            // The bar separates; in the text it would end what is said.
            return .string("TTS|\(voice)|\(text.replacing("|", with: " "))")
        }
    }
}
