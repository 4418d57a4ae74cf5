// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization
import Testing

@testable import VoiceBridge

/// Numbers that tasks change.
private final class Tally: Sendable {
    let out = Mutex<(now: Int64, most: Int64)>((0, 0))

    func add(_ amount: Int64) {
        out.withLock { out in
            out.now += amount
            out.most = max(out.most, out.now)
        }
    }
}

@Suite("Answers, room for speech, and the end")
struct RepliesTests {
    private let reason = EndReason(side: .caller, code: "stop")

    private func inbox(speechLimit: Duration = .seconds(1)) -> CallInbox {
        CallInbox(format: .linear8kHz, audioLimit: .seconds(2), speechLimit: speechLimit)
    }

    @Test("an answer reaches its waiter, whether it comes before or after the wait began")
    func beforeAndAfter() async throws {
        let inbox = inbox()
        let early = inbox.makeRequest()
        inbox.reply(.done, to: early)
        #expect(try await inbox.awaitReply(to: early) {} == .done)
        let late = inbox.makeRequest()
        let waiter = Task { try await inbox.awaitReply(to: late) {} }
        while inbox.waiting.replies == 0 { await Task.yield() }
        inbox.reply(.playback(.finished), to: late)
        #expect(try await waiter.value == .playback(.finished))
        #expect(inbox.waiting.early == 0 && inbox.waiting.requests == 0)
    }

    @Test("a refusal is thrown")
    func refusal() async {
        let inbox = inbox()
        let id = inbox.makeRequest()
        inbox.reply(.failed(.alreadyTransferred), to: id)
        await #expect(throws: CallError.alreadyTransferred) { try await inbox.awaitReply(to: id) {} }
    }

    @Test("cancelling takes the request back once, and its late answer is not kept", arguments: [true, false])
    func cancelled(whileWaiting: Bool) async {
        let inbox = inbox()
        let id = inbox.makeRequest()
        let cancellations = Tally()
        await withTaskGroup { group in
            group.addTask {
                if !whileWaiting { while !Task.isCancelled { await Task.yield() } }
                _ = await #expect(throws: CancellationError.self) {
                    try await inbox.awaitReply(to: id) { cancellations.add(1) }
                }
            }
            if whileWaiting { while inbox.waiting.replies == 0 { await Task.yield() } }
            group.cancelAll()
        }
        #expect(cancellations.out.withLock(\.now) == 1)
        inbox.reply(.done, to: id)
        #expect(inbox.waiting.early == 0 && inbox.waiting.requests == 0)
    }

    @Test("an answer that was given is not lost to a cancellation that comes after it")
    func answeredFirst() async throws {
        let inbox = inbox()
        let id = inbox.makeRequest()
        inbox.reply(.digits(CollectedDigits(digits: "12", completion: .count)), to: id)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await inbox.awaitReply(to: id) {}
        }
        task.cancel()
        #expect(try await task.value == .digits(CollectedDigits(digits: "12", completion: .count)))
    }

    @Test("the end of the call wakes all who wait, with the call's reason")
    func end() async {
        let inbox = inbox(speechLimit: .zero)
        let reason = reason
        await withTaskGroup { group in
            for _ in 0..<3 {
                let id = inbox.makeRequest()
                group.addTask {
                    _ = await #expect(throws: CallError.ended(reason)) { try await inbox.awaitReply(to: id) {} }
                }
                group.addTask {
                    _ = await #expect(throws: CallError.ended(reason)) { try await inbox.takeCredit(1) }
                }
                group.addTask { #expect(await inbox.awaitEnd() == reason) }
            }
            while inbox.waiting.replies < 3 || inbox.waiting.credits < 3 || inbox.waiting.ends < 3 {
                await Task.yield()
            }
            inbox.end(reason, at: 0)
        }
        #expect(inbox.waiting == .init())
        await #expect(throws: CallError.ended(reason)) { try await inbox.takeCredit(1) }
    }

    @Test("when the call is over, a cancelled task learns of the end, not of a success")
    func endedAndCancelled() async {
        let inbox = inbox()
        let reason = reason
        let id = inbox.makeRequest()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await inbox.awaitReply(to: id) {}
        }
        inbox.end(reason, at: 0)
        task.cancel()
        await #expect(throws: CallError.ended(reason)) { try await task.value }
    }

    @Test("a wait for the end that is cancelled brings nil")
    func cancelledEnd() async {
        let inbox = inbox()
        let task = Task { await inbox.awaitEnd() }
        while inbox.waiting.ends == 0 { await Task.yield() }
        task.cancel()
        #expect(await task.value == nil)
        #expect(inbox.waiting.ends == 0)
    }

    @Test("speech waits while the queue is full and goes on as it empties")
    func credit() async throws {
        let inbox = inbox(speechLimit: .milliseconds(40))
        try await inbox.takeCredit(20_000_000)
        try await inbox.takeCredit(20_000_000)
        let third = Task { try await inbox.takeCredit(20_000_000) }
        while inbox.waiting.credits == 0 { await Task.yield() }
        inbox.returnCredit(20_000_000)
        try await third.value
        let fourth = Task { try await inbox.takeCredit(20_000_000) }
        while inbox.waiting.credits == 0 { await Task.yield() }
        fourth.cancel()
        await #expect(throws: CancellationError.self) { try await fourth.value }
        #expect(inbox.waiting.credits == 0)
    }

    @Test("however many speak at once, no more than the limit and a piece of each is out", arguments: 0..<10)
    func manySpeakers(round: Int) async throws {
        let inbox = inbox(speechLimit: .milliseconds(100))
        let out = Tally()
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        try await inbox.takeCredit(20_000_000)
                        out.add(20_000_000)
                        await Task.yield()
                        out.add(-20_000_000)
                        inbox.returnCredit(20_000_000)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(out.out.withLock(\.most) <= 100_000_000)
    }

    @Test("numbers are never given twice")
    func numbers() async {
        let inbox = inbox()
        let numbers = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { _ in inbox.makeNumber() } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(numbers).count == 4_000)
    }
}
