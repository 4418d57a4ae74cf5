// SPDX-License-Identifier: Apache-2.0

#if OfflineSpeech
import CPocketSphinx
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// PocketSphinx's decoder with a grammar of phrases.
@safe final class SphinxDecoder {
    /// How much better a free sequence of sounds may explain the audio than the best phrase does, in the decoder's score per
    /// frame of 10 ms, for the phrase to be believed.
    ///
    /// Commands and digits of two voices through 8 kHz µ-law lie at −12…7, other speech at −12…14 with most above 3.
    private static let rejection = 6.5
    /// The most sounds that the free sequence may have for a phrase of so many sounds to be believed.
    ///
    /// Silence and noise around a phrase add some; a sentence of something else has more than that.
    private static func mostSounds(_ sounds: Int) -> Int { sounds * 3 / 2 + 10 }
    /// The phones of the model, without silence and noise: a word each, `zzaa` for AA.
    private static let phones = [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH",
        "K",
        "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ]

    private let decoder: OpaquePointer
    private var phrases: [String] = []

    /// A decoder.
    ///
    /// - Parameter folder: holds the acoustic model `en-us` and the dictionary `cmudict-en-us.dict`.
    /// - Throws: when they cannot be read.
    init(folder: String) throws(OfflineSpeechError) {
        guard
            let decoder = unsafe voicebridge_make_decoder("\(folder)/en-us", "\(folder)/cmudict-en-us.dict")
        else { throw .noModel(folder) }
        unsafe self.decoder = decoder
        for (index, phone) in Self.phones.enumerated() {
            let isLast: Int32 = index == Self.phones.count - 1 ? 1 : 0
            guard unsafe ps_add_word(decoder, Self.word(of: phone), phone, isLast) >= 0 else {
                throw .failed("adding a sound to the dictionary")
            }
        }
        try add("other", "( " + Self.phones.map { Self.word(of: $0) }.joined(separator: " | ") + " )+")
    }

    deinit { _ = unsafe ps_free(decoder) }

    /// Recognizes one of these phrases in audio of 16 kHz; nil when it is none of them, or when nobody waits any more.
    func recognize(
        _ samples: [Int16],
        as phrases: [String],
        isCancelled: () -> Bool
    ) throws(OfflineSpeechError) -> String? {
        if phrases != self.phrases {
            try check(phrases)
            try add("phrases", phrases.joined(separator: " | "))
            self.phrases = phrases
        }
        guard let phrase = try decode(samples, "phrases"), !phrase.text.isEmpty, !isCancelled() else { return nil }
        guard let other = try decode(samples, "other") else { return phrase.text }
        let difference = Double(other.score - phrase.score) / Double(max(1, phrase.frames))
        let sounds = other.text.split(separator: " ").count
        guard difference <= Self.rejection, sounds <= Self.mostSounds(countSounds(of: phrase.text)) else { return nil }
        return phrase.text
    }

    /// Finds words that the dictionary does not know.
    func check(_ phrases: [String]) throws(OfflineSpeechError) {
        guard !phrases.isEmpty else { throw .noPhrases }
        var unknown: [String] = []
        for word in Set(phrases.flatMap { $0.split(separator: " ").map(String.init) }).sorted() {
            // What is no word could be read as a part of the grammar.
            let isWord = word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "'" }
            guard isWord, let pronunciation = unsafe ps_lookup_word(decoder, word) else {
                unknown.append(word)
                continue
            }
            unsafe free(pronunciation)
        }
        guard unknown.isEmpty else { throw .unknownWords(unknown) }
    }

    /// How many sounds the words have, as the dictionary spells them.
    private func countSounds(of text: String) -> Int {
        text.split(separator: " ").reduce(0) { count, word in
            guard let pronunciation = unsafe ps_lookup_word(decoder, String(word)) else { return count }
            defer { unsafe free(pronunciation) }
            return unsafe count + String(cString: pronunciation).split(separator: " ").count
        }
    }

    private static func word(of phone: String) -> String { "zz" + phone.lowercased() }

    private func add(_ name: String, _ rule: String) throws(OfflineSpeechError) {
        let grammar = "#JSGF V1.0;\ngrammar \(name);\npublic <rule> = \(rule);\n"
        guard unsafe ps_set_jsgf_string(decoder, name, grammar) == 0 else { throw .failed("reading a grammar") }
    }

    private func decode(
        _ samples: [Int16],
        _ search: String
    ) throws(OfflineSpeechError) -> (text: String, score: Int, frames: Int)? {
        guard unsafe ps_set_search(decoder, search) == 0, unsafe ps_start_stream(decoder) == 0,
            unsafe ps_start_utt(decoder) == 0
        else { throw .failed("beginning to recognize") }
        // The whole at once, so that levels are normalised over all of it and nothing stays from the caller before.
        let processed = unsafe samples.withUnsafeBufferPointer {
            unsafe ps_process_raw(decoder, $0.baseAddress, $0.count, 0, 1)
        }
        guard unsafe ps_end_utt(decoder) == 0, processed >= 0 else { throw .failed("recognizing") }
        var score: Int32 = 0
        guard let text = unsafe ps_get_hyp(decoder, &score) else { return nil }
        return unsafe (String(cString: text), Int(score), Int(ps_get_n_frames(decoder)))
    }
}
#endif
