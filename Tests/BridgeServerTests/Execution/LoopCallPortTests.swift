// SPDX-License-Identifier: Apache-2.0
import CallModel
import Synchronization
import Testing
import VoiceBridge

@testable import BridgeServer

@Suite struct LoopCallPortTests {
    /// Counts what it is asked to run.
    private final class CountingLoop: CallLoop {
        private let count = Mutex(0)
        var executed: Int { count.withLock(\.self) }
        var now: CallInstant { CallInstant(nanoseconds: 0) }
        func execute(_ work: @escaping @Sendable () -> Void) { count.withLock { $0 += 1 } }
    }

    private let loop = CountingLoop()

    @Test func `Requests that only repeat the one before are dropped`() {
        let port = LoopCallPort(loop: loop) {}
        for _ in 0..<100_000 { port.submit(.flush) }
        port.submit(.report(.recognized))
        port.submit(.report(.recognized))
        port.submit(.report(.firstToken))
        port.submit(.beginWork)
        port.submit(.beginWork)
        port.submit(.flush)
        #expect(port.take().count == 6)
        #expect(loop.executed == 1)
        #expect(!port.hasOverflown)
    }

    @Test func `A bot that asks without end is held to a bound, and its end still gets through`() {
        let port = LoopCallPort(loop: loop) {}
        for _ in 0..<10_000 {
            port.submit(.resume)
            port.submit(.flush)
        }
        #expect(port.hasOverflown)
        port.submit(.returned)
        var taken: [BotRequest] = []
        var batches = 0
        while true {
            let batch = port.take()
            if batch.isEmpty { break }
            #expect(batch.count <= LoopCallPort.batch)
            taken += batch
            batches += 1
        }
        #expect(taken.count == LoopCallPort.maximumWaiting + 1)
        #expect(taken.last?.isEnd == true)
        // Woken once for the first, and once for each batch but the last.
        #expect(loop.executed == batches)
    }

    @Test func `A closed port takes nothing`() {
        let port = LoopCallPort(loop: loop) {}
        port.submit(.flush)
        port.close()
        port.submit(.beginWork)
        #expect(port.take().isEmpty)
    }
}
