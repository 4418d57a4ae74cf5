// SPDX-License-Identifier: Apache-2.0
package import CallModel

/// A recording that can be fetched.
package struct ReadyRecording: Sendable {
    /// The call.
    package var callID: CallID
    /// The route that answered it.
    package var route: String
    /// The file, by whatever name it is fetched.
    package var file: String
    /// How long it is.
    package var duration: Duration
    /// How large it is.
    package var bytes: Int64

    /// A recording.
    package init(callID: CallID, route: String, file: String, duration: Duration, bytes: Int64) {
        self.callID = callID
        self.route = route
        self.file = file
        self.duration = duration
        self.bytes = bytes
    }
}
