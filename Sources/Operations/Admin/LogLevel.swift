// SPDX-License-Identifier: Apache-2.0

package import Logging
import Synchronization

/// The level of a program's log, which can be changed while it runs.
package final class LogLevel: Sendable {
    private let state: Mutex<Logger.Level>

    /// A level to begin with.
    package init(_ level: Logger.Level) { state = Mutex(level) }

    /// What is logged from now on: this and what is worse.
    package var current: Logger.Level {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
