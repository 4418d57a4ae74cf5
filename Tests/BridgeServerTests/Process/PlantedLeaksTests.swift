// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation
import Testing

/// That the search for leaks finds one of each kind, wherever it is.
@Suite struct PlantedLeaksTests {
    @Test(arguments: PlantedSecretsTests.secrets.keys.sorted())
    func `A secret is found in a log, an answer, a webhook and a database`(kind: String) throws {
        let secret = try #require(PlantedSecretsTests.secrets[kind])
        for place in ["standard error", "GET /metrics", "webhook", "calls list", "config print", "command line"] {
            #expect(!PlantedLeaks.found(in: [(place, #"{"message":"it is \#(secret)"}"#)]).isEmpty)
            #expect(PlantedLeaks.found(in: [(place, #"{"message":"it is (secret)"}"#)]).isEmpty)
        }
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/recordings/2026-01-01",
            withIntermediateDirectories: true
        )
        for name in ["calls.sqlite-wal", "webhooks.sqlite", "recordings/2026-01-01/a.wav"] {
            try folder.write(name, [0, 255] + Array(secret.utf8) + [0])
            #expect(try PlantedLeaks.found(in: folder).contains("\(secret) is in \(name)"))
            try folder.write(name, [0, 255])
            #expect(try PlantedLeaks.found(in: folder).isEmpty)
        }
    }

    @Test(arguments: [
        ("standard error", "739182"), ("webhook", #""digit":"7""#), ("standard error", #""digit":"1""#),
        ("GET /v1/calls", "9810000001"), ("standard error", "18000000002"),
        ("standard error", Base64.encode(PlantedSecretsTests.audio)),
        ("GET /load", PlantedSecretsTests.basic("pl4nted-password")), ("standard error", "pl4nted-wrong"),
    ])
    func `Digits, numbers, audio and another's credentials are found`(place: String, leak: String) {
        #expect(!PlantedLeaks.found(in: [(place, "before \(leak) after")]).isEmpty)
    }

    @Test func `Audio is found in a file, and numbers may be told where calls are`() throws {
        let folder = try TemporaryFolder()
        try folder.write("calls.sqlite", PlantedSecretsTests.audio)
        #expect(try PlantedLeaks.found(in: folder) == ["audio is in calls.sqlite"])
        for place in ["calls export", "webhook"] { #expect(PlantedLeaks.found(in: [(place, "9810000001")]).isEmpty) }
    }
}
