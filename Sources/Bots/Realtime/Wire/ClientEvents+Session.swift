// SPDX-License-Identifier: Apache-2.0

import CallModel

// `session.update` in both generations.
extension ClientEvents {
    /// What a session is told at its beginning.
    struct SessionShape: Sendable {
        var settings: RealtimeSettings
        var instructions: String
        var language: String?
        var format: UpstreamFormat
        /// The tools as a JSON array.
        var tools: String
    }

    /// `session.update`.
    mutating func update(_ shape: SessionShape) {
        begin("session.update", .update)
        write(",\"session\":{")
        switch shape.settings.eventNames {
        case .current: writeCurrent(shape)
        case .beta: writeBeta(shape)
        }
        write(",\"tools\":\(shape.tools),\"tool_choice\":\"auto\"}}")
    }

    private mutating func writeCurrent(_ shape: SessionShape) {
        write("\"type\":\"realtime\",\"output_modalities\":[\"audio\"],\"instructions\":", shape.instructions)
        write(",\"audio\":{\"input\":{\"format\":")
        writeFormat(shape.format)
        if let model = shape.settings.transcriptionModel {
            write(",\"transcription\":")
            writeTranscription(model, shape.language)
        }
        write(",\"turn_detection\":")
        writeTurnDetection(shape.settings.turnDetection)
        write("},\"output\":{\"format\":")
        writeFormat(shape.format)
        if let voice = shape.settings.voice { write(",\"voice\":", voice) }
        write("}}")
        if let limit = shape.settings.maximumTokens { write(",\"max_output_tokens\":\(limit)") }
    }

    private mutating func writeBeta(_ shape: SessionShape) {
        write("\"modalities\":[\"audio\",\"text\"],\"instructions\":", shape.instructions)
        if let voice = shape.settings.voice { write(",\"voice\":", voice) }
        write(",\"input_audio_format\":", shape.format.betaName)
        write(",\"output_audio_format\":", shape.format.betaName)
        if let model = shape.settings.transcriptionModel {
            write(",\"input_audio_transcription\":")
            writeTranscription(model, shape.language)
        }
        write(",\"turn_detection\":")
        writeTurnDetection(shape.settings.turnDetection)
        if let limit = shape.settings.maximumTokens { write(",\"max_response_output_tokens\":\(limit)") }
    }

    private mutating func writeFormat(_ format: UpstreamFormat) {
        write("{\"type\":", format.currentName)
        if format.audio.encoding == .linear16 { write(",\"rate\":\(format.audio.sampleRate)") }
        write("}")
    }

    private mutating func writeTranscription(_ model: String, _ language: String?) {
        write("{\"model\":", model)
        // The transcription takes the language alone, without script or region (ISO 639).
        if let language = language?.split(whereSeparator: { $0 == "-" || $0 == "_" }).first {
            write(",\"language\":", language.lowercased())
        }
        write("}")
    }

    private mutating func writeTurnDetection(_ detection: RealtimeSettings.TurnDetection) {
        switch detection {
        case .server(let threshold, let silence):
            write("{\"type\":\"server_vad\",\"threshold\":\(threshold),\"prefix_padding_ms\":300")
            write(",\"silence_duration_ms\":\(silence.wholeMilliseconds)")
            write(",\"create_response\":true,\"interrupt_response\":true}")
        case .semantic:
            write("{\"type\":\"semantic_vad\",\"create_response\":true,\"interrupt_response\":true}")
        case .local: write("null")
        }
    }
}
