// SPDX-License-Identifier: Apache-2.0

internal import VoiceBridge

extension FlowAction {
    /// What is done, in a few words: no digits, no secrets, and of a URL not its query.
    var summary: String {
        switch self {
        case .speak(let line, _): "says \(line.text.map { "\($0.count) characters" } ?? "a sound")"
        case .collect(let collection):
            collection.count == 1 ? "waits for a digit" : "waits for up to \(collection.count) digits"
        case .record(let recording): "records up to \(recording.maximum)"
        case .detect(let detection): "listens for who answered\(detection.beep == nil ? "" : ", and for the beep")"
        case .background(let background): background == nil ? "ends the background" : "puts a sound into the background"
        case .request(let request): "asks \(request.method) of \(request.host)"
        case .send(let message): "sends a message of \(message.message.text.count) characters"
        case .transfer(let target): "transfers to a \(target.kind.rawValue)"
        case .handOver(let handOver): "hands over to \(handOver.bot)"
        case .hangUp: "hangs up"
        case .fail(let why): "cannot go on: \(why)"
        }
    }
}
