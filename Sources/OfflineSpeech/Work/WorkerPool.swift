// SPDX-License-Identifier: Apache-2.0

#if OfflineSpeech
import NIOPosix
import Synchronization

/// A few threads for work that computes, each with a tool that only one may use at a time.
///
/// So much may wait and no more: what comes beyond is refused at once, and whoever asked can say so.
final class WorkerPool<Tool: AnyObject>: Sendable {
    /// A tool on its way between the list and a thread.
    ///
    /// Unchecked, because a tool is in one of the two places and never in
    /// both: that is what this class is for.
    private struct Lent: @unchecked Sendable {
        let tool: Tool
    }

    private struct State {
        var free: [Lent] = []
        var waiting = 0
    }

    private let threads: NIOThreadPool
    private let limit: Int
    private let make: @Sendable () throws -> Tool
    private let state: Mutex<State>

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - count: how many there are, and how many tools there will be at most.
    ///   - limit: most pieces of work that are under way or wait.
    ///   - first: a tool that is there already.
    ///   - make: makes a tool, on the thread that needs it.
    init(count: Int, limit: Int, first: sending Tool? = nil, make: @escaping @Sendable () throws -> Tool) {
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
        self.limit = limit
        self.make = make
        state = Mutex(State(free: first.map { [Lent(tool: $0)] } ?? []))
    }

    deinit { threads.shutdownGracefully { _ in } }

    /// Does work on one of the threads.
    ///
    /// - Parameter work: gets a tool, and whether nobody waits any more, to ask now and then.
    /// - Returns: what `work` returns.
    /// - Throws: ``OfflineSpeechError`` when too much waits; what `work` throws; `CancellationError`.
    func run<Result: Sendable>(
        _ work: @escaping @Sendable (Tool, _ isCancelled: () -> Bool) throws -> Result
    ) async throws -> Result {
        let isAdmitted = state.withLock { state in
            guard state.waiting < limit else { return false }
            state.waiting += 1
            return true
        }
        guard isAdmitted else { throw OfflineSpeechError.busy(limit: limit) }
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                threads.submit { thread in
                    defer { self.state.withLock { $0.waiting -= 1 } }
                    guard case .active = thread, !flag.isRaised else {
                        return continuation.resume(throwing: CancellationError())
                    }
                    continuation.resume(with: Swift.Result { try self.use { try work($0) { flag.isRaised } } })
                }
            }
        } onCancel: {
            flag.raise()
        }
    }

    /// Lends a tool to `body`; there are never more tools than threads.
    private func use<Result>(_ body: (Tool) throws -> Result) throws -> Result {
        let lent = try state.withLock { $0.free.popLast() } ?? Lent(tool: make())
        defer { state.withLock { $0.free.append(lent) } }
        return try body(lent.tool)
    }
}

/// Says from any thread that nobody waits any more.
private final class CancellationFlag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
#endif
