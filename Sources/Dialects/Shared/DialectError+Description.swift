// SPDX-License-Identifier: Apache-2.0

import CallModel

extension DialectError: CustomStringConvertible {
    /// What is wrong, where, and what to do, in one line of at most 300 bytes.
    package var description: String {
        switch code {
        case .notJSON(let error):
            "The platform sent a text message that is not JSON: \(error). It was dropped; see that the route's "
                + "dialect is the platform's."
        case .notAnObject:
            "The platform sent JSON that is no object. It was dropped; see that the route's dialect is the platform's."
        case .badBase64(let error):
            "The platform sent audio that is not base64: \(error). That message was dropped."
        case .unsupportedFormat(let field, let value):
            "The platform's start announces audio that cannot be taken: \(field) is \"\(value)\". "
                + "Choose linear PCM, µ-law or A-law, one channel, at 8000, 16000, 24000 or 48000 Hz."
        case .wrongPlatform(let dialect, let other):
            "This route speaks \(dialect.rawValue), and what came looks like \(other.rawValue). Give the platform the path "
                + "of a route whose dialect is \(other.rawValue)."
        case .brokenProtocol(let problem): "The platform broke its protocol: \(problem)."
        case .notStarted: "The command names the stream, and no start has come yet. Send it after start."
        case .notCarried(let kind):
            "This platform's wire carries no transfer of kind \(kind.rawValue) with the options of this route. "
                + "Ask capabilities first, or allow it in the route's options."
        case .digitsNotCarried:
            "This platform's wire carries no keys to the caller with the options of this route. Ask capabilities first."
        case .badTarget(let kind, let problem): "The transfer's \(kind.rawValue) target \(problem). Nothing was sent."
        case .badMark(let problem): "The mark's name \(problem). Nothing was sent."
        case .badOption(let name, let problem): "The dialect's option \(name) \(problem)."
        }
    }
}
