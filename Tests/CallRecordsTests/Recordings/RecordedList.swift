// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Synchronization

/// Recordings that an observer was told of.
final class RecordedList: Sendable {
    private let list = Mutex<[FinishedRecording]>([])

    var all: [FinishedRecording] { list.withLock { $0 } }

    func add(_ recording: FinishedRecording) { list.withLock { $0.append(recording) } }
}
