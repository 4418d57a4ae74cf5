// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing

@testable import BridgeServer

/// The one timer of a loop, in virtual time.
@Suite struct LoopTimerTests {
    /// Waits for one time after the other.
    final class Sleeper: TimedByLoop {
        var timerEntry: NIODeadline?
        var deadlines: [Int64]
        var fired: [Int64] = []
        var onFire: ((Sleeper) -> Void)?
        let name: Int
        /// Keeps its deadline, however often it is called.
        var isStuck = false

        init(_ name: Int = 0, _ milliseconds: Int64...) {
            self.name = name
            deadlines = milliseconds
        }

        var nextDeadline: NIODeadline? { deadlines.first.map { .uptimeNanoseconds(UInt64($0) * 1_000_000) } }

        func timerFired(at now: NIODeadline) {
            fired.append(Int64(now.uptimeNanoseconds / 1_000_000))
            if !isStuck { deadlines.removeFirst() }
            onFire?(self)
        }
    }

    let loop = EmbeddedEventLoop()
    let timer: LoopTimer

    init() { timer = LoopTimer(loop: loop) }

    /// Lets time pass in steps of a millisecond.
    private func pass(to milliseconds: Int64) {
        while loop.now < .uptimeNanoseconds(UInt64(milliseconds) * 1_000_000) { loop.advanceTime(by: .milliseconds(1)) }
    }

    @Test func `Each is called once per deadline, in order, never early and at most a grain late`() {
        var order: [Int] = []
        let sleepers = [Sleeper(0, 50, 51, 200), Sleeper(1, 3), Sleeper(2, 50, 120)]
        for sleeper in sleepers {
            sleeper.onFire = { order.append($0.name) }
            timer.update(sleeper)
        }
        pass(to: 300)
        #expect(order == [1, 0, 2, 0, 2, 0])
        #expect(sleepers.map(\.fired) == [[50, 52, 200], [4], [50, 120]])
        #expect(timer.entryCount == 0)
    }

    @Test func `A deadline that moves earlier is met, one that moves back is not met early`() {
        let sleeper = Sleeper(0, 100)
        timer.update(sleeper)
        sleeper.deadlines = [20]
        timer.update(sleeper)
        pass(to: 10)
        sleeper.deadlines = [60]
        timer.update(sleeper)
        pass(to: 59)
        #expect(sleeper.fired.isEmpty)
        pass(to: 62)
        #expect(sleeper.fired == [60])
        pass(to: 200)
        #expect(sleeper.fired == [60])
        #expect(timer.entryCount == 0)
    }

    @Test func `A deadline that stays in the past costs a wake-up per grain and holds up nobody`() {
        let stuck = Sleeper(0, 10)
        stuck.isStuck = true
        stuck.onFire = { [timer] in timer.update($0) }
        let other = Sleeper(1, 12, 30)
        timer.update(stuck)
        timer.update(other)
        pass(to: 50)
        #expect(other.fired == [12, 30])
        #expect(stuck.fired.count <= 21 && stuck.fired.count >= 19)
        #expect(timer.entryCount <= 2)
    }

    @Test func `One who goes is forgotten`() {
        var sleeper: Sleeper? = Sleeper(0, 10)
        weak let watched = sleeper
        if let sleeper { timer.update(sleeper) }
        sleeper = nil
        #expect(watched == nil)
        pass(to: 20)
        #expect(timer.entryCount == 0)
    }

    @Test func `Many calls whose deadlines move with every message do not fill the heap`() {
        let sleepers = (0..<200).map { Sleeper($0, 20_000) }
        for step in Int64(0)..<500 {
            for sleeper in sleepers {
                // A frame is due in 20 ms, then nothing but the ping.
                sleeper.deadlines = step % 2 == 0 ? [step * 2 + 20, 20_000] : [step * 2 + 18, 20_000]
                timer.update(sleeper)
            }
            pass(to: step * 2)
        }
        #expect(timer.entryCount <= 200 * 12)
        pass(to: 21_000)
        #expect(timer.entryCount == 0)
        #expect(sleepers.allSatisfy { $0.deadlines.isEmpty })
    }

    @Test func `One wake-up looks after all whose deadlines moved back`() {
        let sleepers = (0..<50).map { Sleeper($0, 1_000 + Int64($0) * 19) }
        for sleeper in sleepers { timer.update(sleeper) }
        // Each speaks for ten seconds, every 20 ms: silence is to be told a second after.
        var wakeUps = 0
        var earliest = timer.nextWakeUp
        for step in Int64(1)...500 {
            for sleeper in sleepers {
                sleeper.deadlines = [step * 20 + 1_000]
                timer.update(sleeper)
            }
            pass(to: step * 20)
            if timer.nextWakeUp != earliest { wakeUps += 1 }
            earliest = timer.nextWakeUp
        }
        #expect((8...12).contains(wakeUps))
        pass(to: 12_000)
        #expect(sleepers.allSatisfy { $0.fired.count == 1 && (11_000...11_002).contains($0.fired[0]) })
    }
}
