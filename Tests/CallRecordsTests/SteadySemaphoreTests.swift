// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import CallRecords

@Suite struct SteadySemaphoreTests {
    @Test func `Each signal ends one wait, whichever came first`() {
        let semaphore = SteadySemaphore()
        for limit in [0, -5, 1] { #expect(!semaphore.wait(milliseconds: limit)) }
        semaphore.signal()
        semaphore.signal()
        #expect(semaphore.wait(milliseconds: 0) && semaphore.wait(milliseconds: 60_000))
        #expect(!semaphore.wait(milliseconds: 0))
    }

    @Test func `Threads that wait are woken, each by one signal`() async {
        let semaphore = SteadySemaphore()
        let woken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread { continuation.resume(returning: semaphore.wait(milliseconds: 60_000)) }
                    }
                }
                semaphore.signal()
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(woken == 4 && !semaphore.wait(milliseconds: 0))
    }
}
