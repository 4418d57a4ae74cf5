// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import Synchronization

/// Gives each new call the flow as its file has it now.
///
/// A file that was changed and has faults is refused: the flow stays as it was, and the faults are reported once.
final class FlowSource: Sendable {
    private struct State {
        var loaded: LoadedFlow
        var fingerprint: FlowFile.Fingerprint
    }

    private let file: FlowFile
    private let surroundings: FlowSurroundings
    private let report: @Sendable (FlowReport) -> Void
    private let state: Mutex<State>

    /// Reads a file for the first time.
    ///
    /// - Throws: every fault of the file.
    init(
        _ file: FlowFile,
        surroundings: FlowSurroundings,
        report: @escaping @Sendable (FlowReport) -> Void
    ) throws(ConfigurationError) {
        self.file = file
        self.surroundings = surroundings
        self.report = report
        // Looked at before the file is read: what is written in between is read again.
        let before = file.fingerprint([])
        let loaded = try file.load(surroundings)
        let fingerprint = file.fingerprint(loaded.sounds.keys)
        let isWhole = file.fingerprint([]) == before
        state = Mutex(State(loaded: loaded, fingerprint: isWhole ? fingerprint : before))
        for warning in loaded.warnings { report(.warning("\(file.path):\(warning)")) }
    }

    /// The flow for a call that begins now, and whether it was read anew for it.
    func current() -> (loaded: LoadedFlow, isNew: Bool) {
        let known = state.withLock { $0 }
        let before = file.fingerprint(known.loaded.sounds.keys)
        guard before != known.fingerprint else { return (known.loaded, false) }
        // One of several calls that begin at this moment reads the file; the others go on with what is known.
        let isMine = state.withLock { state in
            guard state.fingerprint == known.fingerprint else { return false }
            state.fingerprint = before
            return true
        }
        guard isMine else { return (known.loaded, false) }
        do {
            let loaded = try file.load(surroundings)
            let fingerprint = file.fingerprint(loaded.sounds.keys)
            state.withLock { state in
                state.loaded = loaded
                // When it was written again meanwhile, the next call reads it.
                if file.fingerprint(known.loaded.sounds.keys) == before { state.fingerprint = fingerprint }
            }
            report(.notice("the flow \(file.path) was read anew"))
            for warning in loaded.warnings { report(.warning("\(file.path):\(warning)")) }
            return (loaded, true)
        } catch {
            report(.refused("the flow \(file.path) was changed and has faults; the one before stays", faults: error))
            return (known.loaded, false)
        }
    }
}
