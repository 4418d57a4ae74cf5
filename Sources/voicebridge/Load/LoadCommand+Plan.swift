// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LoadTesting
import VoiceBridgeTesting

extension LoadCommand {
    /// What the flags ask for, without the callers' audio.
    func plan() throws -> LoadPlan {
        var call = SimulatedCallConfiguration(dialect)
        call.format = try PlatformFlags.format(
            dialect.formats,
            of: dialect.rawValue,
            encoding: encoding,
            rate: sampleRate,
            rateFlag: "--sample-rate"
        )
        call.frameMilliseconds = try Self.checked(frameMs ?? dialect.frameMilliseconds, in: 1...1_000, "--frame-ms")
        var plan = LoadPlan(url: url, call: call)
        plan.connection = try PlatformFlags.connection(headers: headers, insecure: insecure, trust: trust)
        guard 1_000.isMultiple(of: plan.call.frameMilliseconds) else {
            throw ValidationError("--frame-ms \(plan.call.frameMilliseconds) is no divisor of 1000")
        }
        plan.calls = try Self.checked(calls, in: 1...LoadPlan.maximumCalls, "--calls")
        plan.rate = try Self.checked(rate, in: 0.1...10_000, "--rate")
        plan.duration = .seconds(try Self.checked(seconds, in: 0.1...86_400, "--for"))
        plan.settling = .seconds(try Self.checked(settle, in: 0...3_600, "--settle"))
        plan.callLength = try callSeconds.map { .seconds(try Self.checked($0, in: 0.1...86_400, "--call-seconds")) }
        plan.loops = try Self.checked(threads, in: 1...64, "--threads")
        plan.expectation = expect
        plan.isIdle = idle
        if idle, findCapacity || callSeconds != nil {
            throw ValidationError("--idle calls are not told apart: leave --find-capacity and --call-seconds out")
        }
        plan.resumesSessions = !fullHandshakes
        if findCapacity, callSeconds != nil {
            throw ValidationError("--find-capacity keeps its calls: leave --call-seconds out")
        }
        return plan
    }

    private static func checked<Value: Comparable>(
        _ value: Value,
        in range: ClosedRange<Value>,
        _ flag: String
    ) throws -> Value {
        guard range.contains(value) else {
            throw ValidationError("\(flag) \(value) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }
}
