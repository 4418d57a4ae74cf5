// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Logging
import Testing

@testable import BridgeServer
@testable import voicebridge

/// What systemd is told, by a socket of our own in its place.
@Suite("What systemd is told of the service")
struct ServiceNotifierTests {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func notifier(_ manager: Manager, _ more: [String: String] = [:]) -> ServiceNotifier {
        let environment = ["NOTIFY_SOCKET": manager.address].merging(more) { $1 }
        return ServiceNotifier(environment: environment, process: 42, logger: silent)
    }

    @Test("each message is one datagram of its variables, by path and by abstract name", arguments: [false, true])
    func messages(isAbstract: Bool) throws {
        let manager = try Manager(isAbstract: isAbstract)
        let notifier = Self.notifier(manager)
        notifier.ready("serving, 0 calls")
        #expect(manager.next() == "READY=1\nSTATUS=serving, 0 calls")
        notifier.beat()
        #expect(manager.next() == "WATCHDOG=1")
        notifier.status("serving, 0 calls")
        notifier.status("serving, 1 calls\nREADY=1")
        #expect(manager.next() == "STATUS=serving, 1 calls; READY=1")
        notifier.reloading(at: 123_456)
        #expect(manager.next() == "RELOADING=1\nMONOTONIC_USEC=123456\nSTATUS=reading the configuration anew")
        notifier.stopping("stopping, 7 calls", within: .seconds(330))
        #expect(manager.next() == "STOPPING=1\nEXTEND_TIMEOUT_USEC=330000000\nSTATUS=stopping, 7 calls")
        #expect(manager.next() == nil)
    }

    @Test(
        "the watchdog is ours only when its process is",
        arguments: [
            (["WATCHDOG_USEC": "30000000"], 30_000_000 as Int64?),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"], 30_000_000 as Int64?),
            (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"], nil),
            (["WATCHDOG_USEC": "0"], nil),
            (["WATCHDOG_USEC": "soon"], nil),
            ([:], nil),
        ]
    )
    func watchdog(variables: [String: String], expected: Int64?) throws {
        let manager = try Manager(isAbstract: true)
        #expect(Self.notifier(manager, variables).watchdog == expected)
    }

    @Test(
        "without systemd, with a bad address or with nobody behind it nothing happens",
        arguments: ["", "relative", "@", "/nonexistent/notify", "/" + String(repeating: "x", count: 200)]
    )
    func nobody(address: String) {
        let environment = ["NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000000"]
        let notifier = ServiceNotifier(environment: environment, process: 42, logger: Self.silent)
        #expect(notifier.watchdog == nil)
        notifier.ready("x")
        notifier.beat()
    }

    @Test("a manager that reads nothing does not hold up the program")
    func full() throws {
        let manager = try Manager(isAbstract: true, isDeaf: true)
        let socket = try NotifySocket(address: manager.address)
        var taken = 0
        while taken < 100_000, socket.send("WATCHDOG=1") { taken += 1 }
        #expect(taken < 100_000)
    }

    @Test("a loop that has not turned for half of the watchdog's time takes the beat away until it turns")
    func stuck() {
        let watch = ServiceWatch(watchdog: .seconds(30))
        var loops = [LoopFigures(loop: 0), LoopFigures(loop: 1)]
        #expect(watch.isAlive(loops))
        loops[1].overdue = 14_999_999_999
        #expect(watch.isAlive(loops))
        loops[1].overdue = 15_000_000_000
        #expect(!watch.isAlive(loops))
        loops[1].overdue = 0
        #expect(watch.isAlive(loops))
        #expect(!ServiceWatch(watchdog: nil).isAlive(loops))
        #expect(watch.period == .seconds(5) && ServiceWatch(watchdog: .seconds(3)).period == .seconds(1))
    }

    @Test("a heartbeat goes on until it is stopped")
    func heartbeat() {
        let beats = DispatchSemaphore(value: 0)
        let heart = Heartbeat(every: .milliseconds(1)) { beats.signal() }
        for _ in 0..<5 { #expect(beats.wait(timeout: .now() + 20) == .success) }
        heart.stop()
    }
}
