// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A server's context whose files can be read again while calls are open.
///
/// New connections take ``current``; open ones keep the context they began with. A reload also makes new ticket keys:
/// the first connection of each client after it shakes hands in full.
package final class ReloadableTLSContext: Sendable {
    /// The settings; the files they name are what changes.
    package let configuration: TLSServerConfiguration

    private let context: Mutex<TLSContext>

    /// Reads the files for the first time.
    package init(_ configuration: TLSServerConfiguration) throws(TLSError) {
        self.configuration = configuration
        context = Mutex(try TLSContext(configuration))
    }

    /// The context for the next connection.
    package var current: TLSContext { context.withLock { $0 } }

    /// Reads the files again, checks them as at start and uses them for new connections.
    ///
    /// It reads files: call it off the event loops.
    /// - Throws: ``TLSError`` as at start; then the old context stays.
    package func reload() throws(TLSError) {
        let new = try TLSContext(configuration)
        context.withLock { $0 = new }
    }
}
