// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation

/// Searches what a program wrote for what was planted.
enum PlantedLeaks {
    /// What must be nowhere.
    private static var hidden: [String] {
        typealias Planted = PlantedSecretsTests
        let payload = Base64.encode(Planted.audio)
        let credentials = [Planted.basic("pl4nted-password"), Planted.basic(Planted.wrong)]
        return Array(Planted.secrets.values) + [Planted.wrong, "pl4nted", Planted.digits, String(payload.prefix(24))]
            + credentials.map { String($0.dropFirst("Authorization: Basic ".count)) }
    }

    /// What was found in texts, in words.
    ///
    /// Records and webhooks tell who called whom; nothing else does.
    static func found(in texts: [(place: String, text: String)]) -> [String] {
        texts.flatMap { place, text in
            var wanted = hidden
            // A key alone, which would be a line for each.
            wanted += (0...9).map { "\"digit\":\"\($0)\"" }
            if !place.hasPrefix("calls "), place != "webhook" { wanted += PlantedSecretsTests.numbers }
            return wanted.filter(text.contains).map { "\($0) is in \(place)" }
        }
    }

    /// What was found in the files that the program wrote, in words.
    static func found(in folder: TemporaryFolder) throws -> [String] {
        let wanted = hidden.map { ($0, Array($0.utf8)) } + [("audio", PlantedSecretsTests.audio)]
        return try files(of: folder).flatMap { name in
            let bytes = try TemporaryFolder.read(folder.path + "/" + name)
            return wanted.filter { bytes.firstRange(of: $0.1) != nil }.map { "\($0.0) is in \(name)" }
        }
    }

    /// The files that the program wrote: databases, what lies beside them, recordings.
    static func files(of folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { name in
            var isFolder: ObjCBool = false
            let path = folder.path + "/" + name
            let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let isOurs = ["calls.", "webhooks.", "recordings/"].contains { name.hasPrefix($0) }
            return isThere && !isFolder.boolValue && isOurs
        }
    }
}
