// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import CallModel
import Dialects
import Foundation

extension BridgeConfiguration {
    /// The dialects that a route can name.
    package static var servedDialects: [DialectSchema] {
        DialectName.allCases.map { name in
            let details = name.details
            return DialectSchema(
                name: name.rawValue,
                summary: details.summary,
                // The length of a message is `audio.frame` of the route, the same for every dialect.
                options: details.options.filter { $0.name != "frame_ms" },
                hasConfigAPI: name == .ivrSolutions,
                problem: { options in
                    do {
                        _ = try Dialect(name: name, options: options)
                        return nil
                    } catch {
                        return "\(error)"
                    }
                }
            )
        }
    }

    /// Reads a file and everything it names.
    ///
    /// - Throws: ``BridgeServerError`` when the file cannot be read, `ConfigurationError` when something in it is wrong.
    package static func load(file: String, bots: [BotDescription]) throws -> BridgeConfiguration {
        let bytes: [UInt8]
        do {
            bytes = try readFile(file)
        } catch {
            throw BridgeServerError("\(file): \(error); give the path of a YAML file")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BridgeServerError("\(file): is not UTF-8; save it as UTF-8 text")
        }
        return try load(
            yaml: text,
            file: file,
            bots: bots,
            dialects: servedDialects,
            environment: ProcessInfo.processInfo.environment,
            readFile: readFile
        )
    }

    /// The bytes of a file.
    private static func readFile(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { throw BridgeServerError("there is no such file") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BridgeServerError("it cannot be read; is it a file, and may this user read it?")
        }
        return Array(data)
    }
}
