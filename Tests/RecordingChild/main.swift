// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallRecords
import CallSession
import Dispatch
import Glibc
import Logging

/// Tells when the first error is logged.
struct FirstError: LogHandler {
    let told: DispatchSemaphore
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if event.level >= .error { told.signal() }
    }
}

func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe write(STDOUT_FILENO, bytes, bytes.count)
}

func begin(_ number: Int, on recorder: CallRecorder) -> (any CallObserver)? {
    guard let call = recorder.makeRoom(route: "/v1/exotel") else { return nil }
    let start = CallStart(callID: CallID("call-\(number)"), streamID: "stream-\(number)", platform: "exotel")
    call.callStarted(start, route: "/v1/exotel", bot: "echo")
    return call
}

func end(_ number: Int, _ call: any CallObserver) {
    let reason = EndReason(side: .caller, code: "stop")
    let summary = CallSummary(reason: reason, duration: .milliseconds(number))
    call.callEnded(summary, id: CallID("call-\(number)"), route: "/v1/exotel", bot: "echo")
}

/// Begins and ends calls for ever, eight at a time, and tells how many are surely written.
func churn(_ recorder: CallRecorder) -> Never {
    var live: [(number: Int, call: any CallObserver)] = []
    var number = 0
    var told = 0
    while true {
        if let call = begin(number, on: recorder) {
            live.append((number, call))
            number += 1
        } else {
            sched_yield()
        }
        if live.count > 8 {
            let oldest = live.removeFirst()
            end(oldest.number, oldest.call)
        }
        let completed = recorder.counters.completed
        if completed > told {
            told = completed
            tell("completed \(told)")
        }
    }
}

/// Ends calls on a disk that takes no more, and once there is trouble, on one that does again.
func fill(_ recorder: CallRecorder, _ failed: DispatchSemaphore) -> Bool {
    let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    var limit = rlimit()
    unsafe getrlimit(resource, &limit)
    let most = limit.rlim_cur
    limit.rlim_cur = 262_144
    unsafe setrlimit(resource, &limit)
    for number in 0..<2_000 {
        guard let call = begin(number, on: recorder) else { return false }
        end(number, call)
    }
    failed.wait()
    tell("trouble \(recorder.counters.isInTrouble)")
    limit.rlim_cur = most
    unsafe setrlimit(resource, &limit)
    let isWritten = recorder.close(within: .seconds(60))
    tell("completed \(recorder.counters.completed)")
    return isWritten
}

// More than is allowed to a file is an error here, not a signal.
_ = signal(SIGXFSZ, SIG_IGN)
let failed = DispatchSemaphore(value: 0)
var settings = RecordsConfiguration()
let mode = CommandLine.arguments[1]
switch mode {
case "speak":
    let speaker = try Speaker(folder: CommandLine.arguments[2], words: Array(CommandLine.arguments.dropFirst(3)))
    exit(speaker.speak() ? 0 : 1)
case "open":
    let finding = try RecordingOpener(key: Speaker.key).open(CommandLine.arguments[2], to: CommandLine.arguments[3])
    tell("\(finding.isWhole ? "whole" : "ends early") \(finding.seconds)")
    exit(0)
default: break
}
settings.backlog = mode == "churn" ? 64 : 5_000
let logger = Logger(label: "recording-child") { _ in FirstError(told: failed) }
let recorder = try CallRecorder(path: CommandLine.arguments[2], settings: settings, calls: 1, logger: logger)
switch mode {
case "churn": churn(recorder)
default: exit(fill(recorder, failed) ? 0 : 1)
}
