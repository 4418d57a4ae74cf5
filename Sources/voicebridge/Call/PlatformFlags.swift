// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import VoiceBridgeTesting

/// What the flags of commands that play a platform come to.
enum PlatformFlags {
    /// The first of a platform's formats that the flags allow.
    static func format(
        _ known: [SimulatedAudioFormat],
        of name: String,
        encoding: SimulatedAudioFormat.Encoding?,
        rate: Int?,
        rateFlag: String = "--rate"
    ) throws -> SimulatedAudioFormat {
        if let rate, !SimulatedAudioFormat.sampleRates.contains(rate) {
            throw ValidationError("\(rateFlag) \(rate) is none of 8000, 16000, 24000, 48000")
        }
        let formats = known.filter {
            (encoding == nil || $0.encoding == encoding) && (rate == nil || $0.sampleRate == rate)
        }
        guard let format = formats.first else {
            let names = known.map { "\($0.encoding.rawValue) \($0.sampleRate)" }.joined(separator: ", ")
            throw ValidationError("--encoding and \(rateFlag): \(name) has none but \(names)")
        }
        return format
    }

    /// How the flags say to connect.
    static func connection(headers: [String], insecure: Bool, trust: String?) throws -> SimulatedConnection {
        var connection = SimulatedConnection()
        connection.verifiesServer = !insecure
        connection.trustedCertificates = trust
        connection.headers = try headers.map { text in
            guard let header = SimulatedConnection.Header(parsing: text) else {
                throw ValidationError("--header takes 'Name: value'; one of them is nothing of the kind")
            }
            return header
        }
        return connection
    }
}
