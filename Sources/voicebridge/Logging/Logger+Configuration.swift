// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Glibc
import Logging
import Operations

extension Logger {
    /// The program's logger as a configuration wants it, at a level that can be changed.
    ///
    /// - Parameters:
    ///   - configuration: how it looks.
    ///   - level: its level.
    ///   - metadata: tells what a line belongs to beside what it says.
    /// - Returns: the logger.
    static func configured(
        _ configuration: LoggingConfiguration,
        level: LogLevel,
        metadata: Logger.MetadataProvider? = nil
    ) -> Logger {
        let style: LineLogHandler.Style =
            switch configuration.format {
            case .text: .text
            case .json: .json
            case .auto: isatty(STDERR_FILENO) == 1 ? .text : .json
            }
        return Logger(label: "voicebridge") {
            LineLogHandler(label: $0, style: style, level: level, metadataProvider: metadata)
        }
    }
}

extension LogLevel {
    /// The level of a configuration.
    convenience init(_ configuration: LoggingConfiguration) {
        self.init(Logger.Level(rawValue: configuration.level.rawValue) ?? .info)
    }
}
