// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import TelephonyAudio

/// One call's recording on its way from the tap to the file; belongs to the recordings' thread.
final class LiveRecording {
    /// Bytes that are written at once.
    private static let batch = 65_536

    let tap: AudioTap
    private let id: CallID
    private let route: String
    private let observer: any CallObserver
    private let path: String
    private let format: RecordingFormat
    private let key: [UInt8]?
    private var mixer: RecordingMixer?
    private var file: RecordingFile?
    private var bytes: [UInt8] = []
    private var pending: [UInt8] = []
    private var told = (writtenMilliseconds: 0, lostBytes: 0)
    /// Since when it could not be written, and why.
    private(set) var trouble: (since: CallInstant, error: CallRecordsError)?

    init(_ arrival: RecordingArrival, folder: String, format: RecordingFormat, key: [UInt8]?) {
        self.format = format
        self.key = key
        tap = arrival.tap
        id = arrival.id
        route = arrival.route
        observer = arrival.observer
        path = "\(folder)/\(arrival.tap.name)"
    }

    /// Whether there is a file.
    var hasBegun: Bool { mixer != nil }

    /// Milliseconds that were written, and bytes that were lost, since this was asked for.
    func news() -> (writtenMilliseconds: Int, lostBytes: Int) {
        let rate = mixer?.rate.rawValue ?? 1
        let now = (writtenMilliseconds: (file?.dataBytes ?? 0) / 4 * 1_000 / rate, lostBytes: tap.droppedBytes)
        defer { told = now }
        return (now.writtenMilliseconds - told.writtenMilliseconds, now.lostBytes - told.lostBytes)
    }

    /// Writes what is final; whether the recording is complete.
    func work(at now: CallInstant) -> Bool {
        do {
            let isOver = try write(at: now)
            trouble = nil
            return isOver
        } catch {
            trouble = (trouble?.since ?? now, error)
            return false
        }
    }

    private func write(at now: CallInstant) throws(CallRecordsError) -> Bool {
        // While the disk takes nothing, what comes waits in the tap, and is dropped there when that is full.
        try flush(all: true)
        while let entry = tap.next(&bytes) {
            if mixer == nil {
                guard entry.kind == .began else {
                    if entry.kind == .ended { return true }
                    continue
                }
                mixer = RecordingMixer(entry, format: tap.format, outboundFormat: tap.outboundFormat)
            }
            mixer?.take(entry, bytes)
            mixer?.drain(at: entry.time, into: &pending)
            try flush(all: false)
        }
        guard let isOver = mixer?.isOver else { return tap.isOver }
        if !isOver, tap.isOver {
            // There was no room for the end.
            mixer?.take(TapEntry(.ended, at: now), [])
        }
        mixer?.drain(at: now, into: &pending)
        try flush(all: true)
        guard mixer?.isOver == true else { return false }
        try file?.finish()
        return true
    }

    private func flush(all: Bool) throws(CallRecordsError) {
        guard let rate = mixer?.rate, !pending.isEmpty, all || pending.count >= Self.batch else { return }
        if file == nil {
            let encoder = try format.makeEncoder(rate: rate)
            file = try RecordingFile.create(path: path, rate: rate, encoder: encoder, key: key)
        }
        try file?.append(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Tells that nothing more is written.
    func finish() -> FinishedRecording? {
        guard let mixer else { return nil }
        let samples = (file?.dataBytes ?? 0) / 4
        let recording = FinishedRecording(
            name: tap.name,
            path: path,
            duration: .nanoseconds(Int64(samples) * 1_000_000_000 / Int64(mixer.rate.rawValue)),
            bytes: file?.bytes ?? 0,
            lostBytes: tap.droppedBytes,
            isComplete: mixer.isOver && pending.isEmpty
        )
        file = nil
        observer.recordingEnded(recording, id: id, route: route)
        return recording
    }
}

/// A call whose audio is to be recorded.
struct RecordingArrival: Sendable {
    let tap: AudioTap
    let id: CallID
    let route: String
    let observer: any CallObserver
}
