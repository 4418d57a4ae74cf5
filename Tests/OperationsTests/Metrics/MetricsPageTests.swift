// SPDX-License-Identifier: Apache-2.0
import OutboundHTTP
import Testing

@testable import Operations

@Suite("What Prometheus is told")
struct MetricsPageTests {
    private func value(_ name: String, _ page: String) -> Double? {
        page.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    @Test("a call while it is up and after it")
    func page() async throws {
        try await OperatedServer.run { serving async throws in
            try await serving.call { _ async throws in
                let answer = try await serving.ask(.get, "/metrics")
                #expect(answer.type == "text/plain; version=0.0.4; charset=utf-8")
                #expect(value("voicebridge_calls", answer.text) == 1)
                #expect(value("voicebridge_calls_limit", answer.text) == 1_000)
                #expect(value("voicebridge_state{state=\"ready\"}", answer.text) == 1)
                #expect(value("voicebridge_state{state=\"draining\"}", answer.text) == 0)
                #expect(value("voicebridge_loops_unanswered", answer.text) == 0)
                #expect(answer.text.contains("voicebridge_loop_lag_seconds_bucket{loop=\"1\",le=\"+Inf\"} "))
                #expect(!answer.text.contains("call/1"))
                #expect(!answer.text.contains("981000"))
            }
            var page = try await serving.ask(.get, "/metrics").text
            let ended =
                "voicebridge_calls_ended_total{bot=\"test\",ended_by=\"caller\",reason=\"stop\",route=\"/v1/ivr-solutions\"}"
            while value("voicebridge_calls", page) != 0 { page = try await serving.ask(.get, "/metrics").text }
            #expect(value(ended, page) == 1)
            #expect(value("process_open_fds", page) ?? 0 > 3)
        }
    }

    @Test("each family is there once, with its help and type before its samples")
    func families() async throws {
        try await OperatedServer.run { serving async throws in
            try await serving.call { _ in }
            let lines = try await serving.ask(.get, "/metrics").text.split(separator: "\n")
            var family = ""
            var seen: Set<String> = []
            for line in lines {
                let words = line.split(separator: " ")
                if line.hasPrefix("# HELP ") {
                    family = String(words[2])
                    #expect(seen.insert(family).inserted, "\(family)")
                } else if line.hasPrefix("# TYPE ") {
                    #expect(String(words[2]) == family)
                } else {
                    #expect(line.hasPrefix(family), "\(line)")
                }
            }
            #expect(seen.count > 30)
        }
    }

    @Test("nothing is kept where that is asked for")
    func off() async throws {
        try await OperatedServer.run(observability: "{metrics: false}") { serving async throws in
            let answer = try await serving.ask(.get, "/metrics")
            #expect(answer.status == 200)
            #expect(answer.text == "# observability.metrics is off\n")
        }
    }
}
