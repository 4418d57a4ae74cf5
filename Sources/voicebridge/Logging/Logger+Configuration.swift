// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Glibc
import Logging
import Operations

extension Logger {
    /// The program's logger as a configuration wants it, at a level that can be changed.
    static func configured(_ configuration: LoggingConfiguration, level: LogLevel) -> Logger {
        let style: LineLogHandler.Style =
            switch configuration.format {
            case .text: .text
            case .json: .json
            case .auto: isatty(STDERR_FILENO) == 1 ? .text : .json
            }
        return Logger(label: "voicebridge") { LineLogHandler(label: $0, style: style, level: level) }
    }
}

extension LogLevel {
    /// The level of a configuration.
    convenience init(_ configuration: LoggingConfiguration) {
        self.init(Logger.Level(rawValue: configuration.level.rawValue) ?? .info)
    }
}
