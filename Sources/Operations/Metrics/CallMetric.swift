// SPDX-License-Identifier: Apache-2.0

/// What is counted of calls as they come and go.
enum CallMetric: String, CaseIterable {
    case started = "voicebridge_calls_started_total"
    case ended = "voicebridge_calls_ended_total"
    case duration = "voicebridge_call_duration_seconds"
    case setup = "voicebridge_call_setup_seconds"
    case answer = "voicebridge_turn_answer_seconds"
    case underruns = "voicebridge_playback_underruns_total"
    case underrunTime = "voicebridge_playback_underrun_seconds_total"
    case interruptions = "voicebridge_interruptions_total"
    case falseInterruptions = "voicebridge_false_interruptions_total"
    case malformed = "voicebridge_malformed_messages_total"
    case sequenceFaults = "voicebridge_sequence_faults_total"
    case dropped = "voicebridge_caller_audio_dropped_seconds_total"
    case digits = "voicebridge_digits_total"
    case transfers = "voicebridge_transfers_total"
    case botFailures = "voicebridge_bot_failures_total"
    case complaints = "voicebridge_platform_complaints_total"
    case audioFaults = "voicebridge_audio_faults_total"
    case platformEvents = "voicebridge_platform_events_total"

    /// What it counts.
    var help: String {
        switch self {
        case .started: "Calls that began: the platform sent its start."
        case .ended: "Sockets that were upgraded and are over, by who ended the call and why."
        case .duration: "From the upgrade to the end of a call."
        case .setup: "From the upgrade to the platform's start."
        case .answer: "From the caller's last word of a turn until the caller heard the bot's first."
        case .underruns: "How often playback ran dry inside an utterance."
        case .underrunTime: "For how long playback was dry inside utterances."
        case .interruptions: "How often audio of a bot was taken back."
        case .falseInterruptions: "How often that was no speech, and the bot went on."
        case .malformed: "Messages of platforms that could not be understood."
        case .sequenceFaults: "Gaps and repeats in the sequence numbers of platforms."
        case .dropped: "Caller audio that was dropped before its bot took it."
        case .digits: "Keys that callers pressed."
        case .transfers: "Transfers that were asked of platforms, by what became of them."
        case .botFailures: "Bots that threw, did not return in time, or took or asked more than a call holds."
        case .complaints: "Complaints of platforms about what they were sent."
        case .audioFaults: "Calls whose caller audio had a fault, by its kind."
        case .platformEvents: "What platforms told of calls beside the socket, by how the call stood."
        }
    }

    /// Upper bounds, for a distribution.
    private var bounds: [Double]? {
        switch self {
        case .duration: [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600]
        case .setup: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        case .answer: [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10]
        default: nil
        }
    }

    /// Help and bounds by name.
    static var descriptions: [String: PrometheusMetrics.Description] {
        Dictionary(
            uniqueKeysWithValues: allCases.map { metric in
                var description = PrometheusMetrics.Description(help: metric.help)
                description.bounds = metric.bounds ?? description.bounds
                return (metric.rawValue, description)
            }
        )
    }
}
