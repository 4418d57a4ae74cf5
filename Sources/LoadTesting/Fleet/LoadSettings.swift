// SPDX-License-Identifier: Apache-2.0
import NIOCore
import TransportSecurity
import VoiceBridgeTesting
import WebSocketWire

/// What all calls of a run share, made once before the first.
struct LoadSettings: Sendable {
    let plan: LoadPlan
    let address: WebSocketURL
    let headers: HandshakeHeaders
    let templates: PlatformTemplates
    /// Nil for plain connections.
    let security: TLSContext?
    /// Where the session is kept that the next call takes up; nil: none is.
    let session: TLSClientSession?
    let timeout: TimeAmount
    let frame: TimeAmount
    let frameBytes: Int
    /// The tones of the first calls; they come again from the last on.
    ///
    /// Empty where a recording is played.
    private let tones: [PreparedTone]
    /// A recording's payloads, played in a circle.
    private let recording: [[UInt8]]

    /// - Throws: ``LoadError`` when the plan cannot be.
    init(_ plan: LoadPlan) throws(LoadError) {
        self.plan = plan
        do {
            address = try WebSocketURL(plan.url)
        } catch {
            throw LoadError(error.description)
        }
        guard let templates = PlatformTemplates(plan.call) else {
            let name = plan.call.dialect.rawValue
            throw LoadError("\(name) waits for answers of the server: it is not played in numbers")
        }
        let milliseconds = plan.call.frameMilliseconds
        guard milliseconds > 0, 1_000.isMultiple(of: milliseconds) else {
            throw LoadError("frames of \(milliseconds) ms: a load needs a divisor of 1000")
        }
        self.templates = templates
        headers = HandshakeHeaders(plan.connection.headers.map { (name: $0.name, value: $0.value) })
        timeout = TimeAmount(plan.connection.timeout)
        frame = .milliseconds(Int64(milliseconds))
        let samples = plan.call.format.sampleRate * milliseconds / 1_000
        frameBytes = samples * plan.call.format.bytesPerSample
        security = address.isSecure ? try Self.tlsContext(plan.connection) : nil
        session = plan.resumesSessions ? TLSClientSession() : nil
        let sound = plan.call.callerAudio
        if sound.isEmpty {
            let count = min(plan.calls, ToneScale.frequencies.count)
            tones = (0..<count).map {
                PreparedTone(
                    frequency: ToneScale.frequency(ofCall: $0),
                    templates: templates,
                    frameMilliseconds: milliseconds
                )
            }
            recording = []
        } else {
            tones = []
            recording = stride(from: 0, to: sound.count, by: samples).map { start in
                let piece = Array(sound[start..<min(start + samples, sound.count)])
                return templates.payload(of: piece + Array(repeating: 0, count: samples - piece.count))
            }
        }
    }

    /// A call's tone; nil where a recording is played.
    func tone(ofCall place: Int) -> PreparedTone? { tones.isEmpty ? nil : tones[place % tones.count] }

    /// The tones that calls have, in hertz.
    var frequencies: [Int] { tones.map(\.frequency) }

    /// The payload of a frame.
    func payload(_ frame: Int, of tone: PreparedTone?) -> [UInt8] {
        if let tone { return tone.payloads[frame % tone.payloads.count] }
        return recording[frame % recording.count]
    }

    /// What so many bytes last.
    func duration(ofBytes count: Int) -> TimeAmount {
        let perSecond = plan.call.format.sampleRate * plan.call.format.bytesPerSample
        return .nanoseconds(Int64(count) * 1_000_000_000 / Int64(perSecond))
    }

    private static func tlsContext(_ connection: SimulatedConnection) throws(LoadError) -> TLSContext {
        do {
            return try connection.tlsContext()
        } catch {
            throw LoadError(error.message)
        }
    }
}
