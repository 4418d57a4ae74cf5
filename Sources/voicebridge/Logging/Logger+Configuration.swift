// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Glibc
import Logging

extension Logger {
    /// The program's logger as a configuration wants it.
    static func configured(_ configuration: LoggingConfiguration) -> Logger {
        let style: LineLogHandler.Style =
            switch configuration.format {
            case .text: .text
            case .json: .json
            case .auto: isatty(STDERR_FILENO) == 1 ? .text : .json
            }
        let level = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
        return Logger(label: "voicebridge") { LineLogHandler(label: $0, style: style, logLevel: level) }
    }
}
