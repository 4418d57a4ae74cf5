// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import Operations

/// Writes log lines to standard error: text for people, or one JSON object a line.
struct LineLogHandler: LogHandler {
    /// How a line looks.
    enum Style: Sendable {
        /// `2026-11-21T10:42:07.123Z info call started call=… route=…`
        case text
        /// `{"time":…,"level":…,"message":…,"call":…}`
        case json
    }

    let label: String
    let style: Style
    /// The level of the whole program.
    let level: LogLevel
    /// A level that somebody gave this logger for itself.
    private var ownLevel: Logger.Level?
    var metadata: Logger.Metadata = [:]
    /// Tells what a line belongs to beside what it says, such as a trace.
    var metadataProvider: Logger.MetadataProvider?

    /// A handler that follows a level.
    init(label: String, style: Style, level: LogLevel, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.style = style
        self.level = level
        self.metadataProvider = metadataProvider
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? level.current }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let metadataProvider { fields.merge(metadataProvider.get()) { $1 } }
        if let given = event.metadata { fields.merge(given) { $1 } }
        if let error = event.error { fields["error"] = "\(error)" }
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let line = Self.line(style, time, event.level, "\(event.message)", fields)
        // Nobody may read it any more: that is no reason to stop serving.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// One line, without its end, whatever the parts hold.
    static func line(
        _ style: Style,
        _ time: String,
        _ level: Logger.Level,
        _ message: String,
        _ fields: Logger.Metadata
    ) -> String {
        switch style {
        case .text: text(time, level, message, fields)
        case .json: json(time, level, message, fields)
        }
    }

    private static func text(
        _ time: String,
        _ level: Logger.Level,
        _ message: String,
        _ fields: Logger.Metadata
    ) -> String {
        let rest = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }
        return "\(time) \(level.rawValue) \(oneLine(message))\(rest.joined())"
    }

    private static func json(
        _ time: String,
        _ level: Logger.Level,
        _ message: String,
        _ fields: Logger.Metadata
    ) -> String {
        var object = fields.mapValues { oneLine("\($0)") }
        object["time"] = time
        object["level"] = level.rawValue
        object["message"] = oneLine(message)
        let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{\"message\":\"a log line could not be written\"}"
    }

    /// What a peer sent may not begin a line of its own.
    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { line.append(isControl(scalar) ? " " : scalar) }
        return String(line)
    }

    /// Whether a scalar moves a terminal's cursor, ends a line or turns its direction.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    private static func quoted(_ text: String) -> String {
        let plain = oneLine(text)
        guard plain.isEmpty || plain.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return plain }
        return "\"" + plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
