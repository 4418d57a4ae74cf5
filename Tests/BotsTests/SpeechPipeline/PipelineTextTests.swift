// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Bots

@Suite struct PipelineTextTests {
    @Test(
        "Text becomes sentences",
        arguments: [
            ("Hello there. How are you today? Fine!", ["Hello there.", "How are you today?", "Fine!"]),
            ("Yes. No. Maybe that is so.", ["Yes. No. Maybe that is so."]),
            (
                "Dr. Smith will see you at 4.30 today. Bye for now.",
                ["Dr. Smith will see you at 4.30 today.", "Bye for now."]
            ),
            ("She said \"come in, please.\" Then she left.", ["She said \"come in, please.\"", "Then she left."]),
            ("First line without an end\nSecond line as well", ["First line without an end", "Second line as well"]),
            ("Well, J. Doe is here with us. Indeed.", ["Well, J. Doe is here with us.", "Indeed."]),
            ("नमस्ते, आप कैसे हैं आज। ठीक हूँ मैं।", ["नमस्ते, आप कैसे हैं आज।", "ठीक हूँ मैं।"]),
            (" … ", []),
            ("", []),
        ]
    )
    func sentences(text: String, expected: [String]) {
        var whole = SentenceSplitter()
        #expect(whole.append(text) + [whole.finish()].compactMap { $0 } == expected)
        // However it comes.
        var split = SentenceSplitter()
        var sentences: [String] = []
        for character in text { sentences += split.append(String(character)) }
        #expect(sentences + [split.finish()].compactMap { $0 } == expected)
    }

    @Test("A sentence is there as soon as the space behind it is")
    func early() {
        var splitter = SentenceSplitter()
        #expect(splitter.append("This is complete.") == [])
        #expect(splitter.append(" And") == ["This is complete."])
        #expect(splitter.finish() == "And")
    }

    @Test("Text that never ends is cut at commas, then at spaces, then anywhere, and nothing is lost")
    func long() {
        for text in [
            String(repeating: "and so on, ", count: 100), String(repeating: "word ", count: 200),
            String(repeating: "x", count: 1_000),
        ] {
            var splitter = SentenceSplitter()
            let sentences = splitter.append(text) + [splitter.finish()].compactMap { $0 }
            #expect(sentences.allSatisfy { $0.count <= SentenceSplitter.longest })
            #expect(sentences.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
        }
    }

    @Test(
        "What was heard of the audio is words",
        arguments: [
            (0, ""), (1_000, "aaaa"), (1_999, "aaaa"), (2_000, "aaaa bbbb."), (2_500, "aaaa bbbb."),
            (4_000, "aaaa bbbb. cccc"), (5_000, "aaaa bbbb. cccc dddd."), (60_000, "aaaa bbbb. cccc dddd."),
        ]
    )
    func heard(milliseconds: Int, expected: String) {
        var text = SpokenText()
        text.begin("aaaa bbbb.")
        for _ in 0..<20 { text.append(.milliseconds(100)) }
        text.begin("cccc dddd.")
        text.append(.seconds(3))
        #expect(text.text(heard: .milliseconds(milliseconds)) == expected)
    }
}
