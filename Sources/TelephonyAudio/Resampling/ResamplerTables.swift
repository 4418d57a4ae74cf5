// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// All coefficient tables of the process: each pair of rates is computed once, at first use, and kept.
enum ResamplerTables {
    private struct Pair: Hashable {
        var source: SampleRate
        var target: SampleRate
    }

    private static let tables = Mutex<[Pair: ResamplerTable]>([:])

    /// The table of a pair.
    ///
    /// The first call for a pair takes some milliseconds, those after it a lock.
    static func table(from source: SampleRate, to target: SampleRate) -> ResamplerTable {
        tables.withLock { tables in
            let pair = Pair(source: source, target: target)
            if let table = tables[pair] { return table }
            let table = ResamplerTable(from: source, to: target)
            tables[pair] = table
            return table
        }
    }
}
