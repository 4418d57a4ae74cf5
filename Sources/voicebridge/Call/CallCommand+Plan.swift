// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import VoiceBridgeTesting

extension SimulatedDialect: ExpressibleByArgument {}
extension SimulatedAudioFormat.Encoding: ExpressibleByArgument {}
extension MarkMode: ExpressibleByArgument {}
extension PlatformFault: ExpressibleByArgument {}
extension SimulatedVariant: ExpressibleByArgument {}

extension CallCommand {
    /// Whose wire is spoken.
    var platform: SimulatedDialect { dialect ?? variant?.dialect ?? .ivrSolutions }

    /// The call that the flags ask for, without the caller's audio.
    func plannedCall() throws -> SimulatedCallConfiguration {
        if let variant, variant.dialect != platform {
            throw ValidationError("--variant \(variant.rawValue) goes with --dialect \(variant.dialect.rawValue)")
        }
        var call = variant.map(SimulatedCallConfiguration.init) ?? SimulatedCallConfiguration(platform)
        call.format = try PlatformFlags.format(
            variant?.formats ?? platform.formats,
            of: variant?.rawValue ?? platform.rawValue,
            encoding: encoding,
            rate: rate
        )
        call.serverFormat = try plannedServerFormat(call.format)
        let frameMs = frameMs ?? call.frameMilliseconds
        guard (1...1_000).contains(frameMs) else {
            throw ValidationError("--frame-ms \(frameMs) is not between 1 and 1000")
        }
        guard (0...1_000).contains(jitterBufferMs) else {
            throw ValidationError("--jitter-buffer-ms \(jitterBufferMs) is not between 0 and 1000")
        }
        call.frameMilliseconds = frameMs
        call.playoutDelay = .milliseconds(jitterBufferMs)
        call.markMode = marks
        call.fault = fault
        call.faultTime = try Self.duration(faultAt, "--fault-at")
        call.duration = try seconds.map { try Self.duration($0, "--for") }
        call.digits = try dtmf.map(ScheduledDigit.schedule) ?? []
        call.sendsBinaryAudio = binary
        call.startsEagerly = eager
        if let from { call.from = from }
        if let to { call.to = to }
        return call
    }

    /// The format of the server's sound, where it has one of its own.
    private func plannedServerFormat(_ format: SimulatedAudioFormat) throws -> SimulatedAudioFormat? {
        guard serverEncoding != nil || serverRate != nil else { return nil }
        guard platform == .telnyx else {
            throw ValidationError("--server-encoding and --server-rate go with --dialect telnyx alone")
        }
        let wanted = SimulatedAudioFormat(
            serverEncoding ?? format.encoding,
            sampleRate: serverRate ?? format.sampleRate
        )
        guard let wanted, platform.formats.contains(wanted) else {
            throw ValidationError("--server-encoding and --server-rate: telnyx has no such format")
        }
        return wanted
    }

    /// How the flags say to connect.
    func connection() throws -> SimulatedConnection {
        try PlatformFlags.connection(headers: headers, insecure: insecure, trust: trust)
    }

    private static func duration(_ seconds: Double, _ flag: String) throws -> Duration {
        guard seconds > 0, seconds <= 86_400 else {
            throw ValidationError("\(flag) \(seconds) is not between 0 and 86400 seconds")
        }
        return .seconds(seconds)
    }
}
