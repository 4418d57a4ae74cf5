// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the IVR Solutions wire.
package struct IVRSolutionsSettings: Sendable, Equatable {
    /// How audio goes to the platform.
    package enum AudioOut: String, Sendable, CaseIterable {
        /// Base64 in `response.audio.delta`.
        case json
        /// Bare binary messages.
        case binary
    }

    /// How audio goes to the platform; JSON by default.
    package var audioOut = AudioOut.json
    /// Length of one audio message in milliseconds: a multiple of 20 up to 200, by default 20.
    package var frameMilliseconds = 20
    /// Whether marks are sent, which the platform does not publish that it takes; by default not.
    package var marks = false
    /// Whether `response.audio.done` ends each utterance; by default not.
    package var utteranceEnd = false
    /// Whether the reason of a hang-up goes to the platform; by default not.
    package var hangUpReason = false
    /// Whether a transfer to a SIP URI may be sent; by default not.
    package var allowSIPDestination = false
    /// The country by which `from` and `to` are also written internationally; none by default.
    package var defaultCountry: NumberingPlan?
    /// Where caller audio lies in a message of the customer's own shape, name by name from the outside in.
    ///
    /// `["data", "audio", "chunk"]`, say; empty by default, which means the usual places only.
    package var inputAudioPath: [String] = []

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        audioOut = try options.choice("audio_out", default: .json)
        if let milliseconds = options.integer("frame_ms") {
            guard (20...200).contains(milliseconds), milliseconds.isMultiple(of: 20) else {
                throw .badOption("frame_ms", problem: "is \(milliseconds) and must be a multiple of 20 from 20 to 200")
            }
            frameMilliseconds = milliseconds
        }
        if let text = options.text("default_country") {
            guard let plan = NumberingPlan(rawValue: text.uppercased()) else {
                let known = NumberingPlan.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badOption("default_country", problem: "must be one of: \(known)")
            }
            defaultCountry = plan
        }
        if let text = options.text("input_audio_path") {
            inputAudioPath = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard inputAudioPath.count <= 16, !inputAudioPath.contains("") else {
                throw .badOption("input_audio_path", problem: "must be 1 to 16 names with a point between them")
            }
        }
        marks = options.flag("marks")
        utteranceEnd = options.flag("utterance_done")
        hangUpReason = options.flag("hangup_reason")
        allowSIPDestination = options.flag("allow_sip_destination")
    }
}

extension IVRSolutionsSettings {
    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "audio_out",
            kind: .choice(AudioOut.allCases.map(\.rawValue)),
            default: .text(AudioOut.json.rawValue),
            summary: "How audio goes to the platform: base64 in JSON, or binary messages."
        ),
        BotOption(
            name: "frame_ms",
            kind: .integer(20...200),
            default: .integer(20),
            summary: "Length of one audio message in milliseconds, a multiple of 20."
        ),
        BotOption(
            name: "marks",
            kind: .flag,
            default: .flag(false),
            summary: "Send marks to learn what was heard; the platform does not publish that it takes them."
        ),
        BotOption(
            name: "utterance_done",
            kind: .flag,
            default: .flag(false),
            summary: "Send response.audio.done after each utterance."
        ),
        BotOption(
            name: "hangup_reason",
            kind: .flag,
            default: .flag(false),
            summary: "Send the reason of a hang-up to the platform."
        ),
        BotOption(
            name: "allow_sip_destination",
            kind: .flag,
            default: .flag(false),
            summary: "Allow transfers to SIP URIs, which the platform does not publish."
        ),
        BotOption(
            name: "default_country",
            kind: .choice(NumberingPlan.allCases.map(\.rawValue)),
            summary: "Country by which from and to are also written as from_normalized and to_normalized."
        ),
        BotOption(
            name: "input_audio_path",
            kind: .text,
            summary: "Where caller audio lies in JSON of a shape of your own, such as data.audio.chunk."
        ),
    ]
}
