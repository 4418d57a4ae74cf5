// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// A recording at CALLR (`Media.Recording`).
package struct CALLRRecording: Sendable, Equatable {
    /// How far a recording is.
    package enum Status: String, Sendable {
        case pending = "PENDING"
        case recording = "RECORDING"
        case processing = "PROCESSING"
        case ready = "READY"
        case error = "ERROR"
    }

    /// `hash`.
    package let id: String
    /// `callid`.
    package let call: CallID?
    /// `status`; nil for one that is not known.
    package let status: Status?
    /// `type`: `CALL`, `RECORDING` or `VOICEMAIL`.
    package let type: String?
    /// `date`, `YYYY-MM-DD HH:MM:SS` in UTC.
    package let date: String?
    /// `duration`.
    package let duration: Duration?
    /// `file_size_total`, in bytes.
    package let bytes: Int?
    /// `url_mp3`, or `url` with the first of `url_exts`; nil while there is nothing to fetch.
    package let url: String?

    /// A recording; nil without its id.
    package init?(_ json: JSONValue) {
        func text(_ name: String) -> String? {
            guard let text = json[name]?.text, !text.isEmpty else { return nil }
            return text
        }
        guard let id = text("hash") else { return nil }
        self.id = id
        call = text("callid").flatMap { UInt64($0) }.map { CallID(String($0)) }
        status = text("status").flatMap(Status.init)
        type = text("type")
        date = text("date")
        duration = text("duration").flatMap { Int64($0) }.map { .seconds($0) }
        bytes = text("file_size_total").flatMap { Int($0) }
        let `extension` = json["url_exts"]?.elements.first?.text
        url = text("url_mp3") ?? text("url").flatMap { url in `extension`.map { "\(url).\($0)" } }
    }
}
