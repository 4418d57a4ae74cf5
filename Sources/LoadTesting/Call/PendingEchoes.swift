// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// The marks of a call that wait until the audio before them has been played, as a platform plays it.
struct PendingEchoes {
    private var marks: [(due: NIODeadline, name: String)] = []
    /// When all the audio that has come is played.
    private var playedOut = NIODeadline.uptimeNanoseconds(0)

    /// Audio has come.
    mutating func play(_ duration: TimeAmount, at now: NIODeadline) {
        playedOut = max(playedOut, now) + duration
    }

    /// A mark has come.
    mutating func wait(_ name: String, at now: NIODeadline) {
        marks.append((max(playedOut, now), name))
    }

    /// What waited was taken back.
    mutating func clear(at now: NIODeadline) {
        playedOut = now
        for index in marks.indices { marks[index].due = now }
    }

    /// The next mark that is due.
    mutating func next(at now: NIODeadline) -> String? {
        guard let first = marks.first, first.due <= now else { return nil }
        return marks.removeFirst().name
    }
}
