// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// A call at CALLR as the program that runs on it sees it.
package struct CALLRCall: Sendable {
    /// The request that it began with.
    package let start: CALLRRequest
    private let realTime: CALLRRealTime

    init(_ start: CALLRRequest, _ realTime: CALLRRealTime) {
        self.start = start
        self.realTime = realTime
    }

    /// `callid`.
    package var id: CallID { start.call }

    /// Has the platform carry out a command, and waits for what comes of it.
    ///
    /// - Throws: ``PlatformRequestError`` when the platform would refuse the command, which then is not sent;
    ///   ``CALLRCallError``, `CancellationError`.
    @discardableResult
    package func perform(_ command: CALLRCommand) async throws -> CALLRResult {
        try await realTime.perform(command, on: id)
    }
}

/// What runs on calls at CALLR.
package protocol CALLRApplication: Sendable {
    /// Runs one call; when it returns, the call is hung up. Cancelled when the call is over.
    func run(on call: CALLRCall) async
}
