// SPDX-License-Identifier: Apache-2.0
import Foundation
import FuzzTargets
import Testing

/// Every input of the corpus once more: seeds, and what fuzzing has found.
@Suite struct CorpusTests {
    @Test(arguments: FuzzTarget.all)
    func replays(target: FuzzTarget) throws {
        let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fuzz/Corpus/\(target.name)")
        let files = try FileManager.default.contentsOfDirectory(at: corpus, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty, "no seeds in \(corpus.path)")
        for file in files.sorted(by: { $0.path < $1.path }) {
            let finding = target.run([UInt8](try Data(contentsOf: file)))
            #expect(finding == nil, "\(file.lastPathComponent)")
        }
    }
}
