// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import CallSession

/// Records the audio of calls.
package protocol AudioRecorder: Sendable {
    /// Where the audio of a call that begins now goes; nil where nothing is recorded.
    ///
    /// Called on an event loop: it takes memory, and never waits. `observer` is told when the recording is complete, on the
    /// recorder's thread.
    func makeTap(for start: CallStart, route: String, observer: any CallObserver) -> AudioTap?
}
