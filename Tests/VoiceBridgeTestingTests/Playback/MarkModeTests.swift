// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// When marks return, by mode.
@Suite struct MarkModeTests {
    private static func mark(_ name: String) -> VirtualServerOutput {
        .text(#"{"event":"mark","stream_sid":"1790000000.41","mark":{"name":"\#(name)"}}"#)
    }

    /// 200 ms of audio at 100, mark a behind it, 200 ms more, mark b; a clear at 350 when asked for.
    private func returned(_ mode: MarkMode, cleared: Bool) -> [String] {
        var script = [
            (100, audio(200)), (100, Self.mark("a")), (100, audio(200)), (100, Self.mark("b")), (800, Self.mark("c")),
        ]
        if cleared { script.append((350, .text(#"{"type":"audio.clear"}"#))) }
        var virtual = VirtualCall(call(3_000) { $0.markMode = mode }, server: StandIn(script))
        let result = virtual.run()
        #expect(result.marksReceived == 3)
        #expect(result.violations == [])
        return story(result).filter { $0.contains("-> mark") }
    }

    @Test(arguments: [
        (MarkMode.honest, ["t=300 -> mark a", "t=500 -> mark b", "t=800 -> mark c"]),
        (.never, []),
        (.late, ["t=2300 -> mark a", "t=2500 -> mark b", "t=2800 -> mark c"]),
        (.echo, ["t=100 -> mark a", "t=100 -> mark b", "t=800 -> mark c"]),
        (.burst, ["t=300 -> mark a", "t=500 -> mark b", "t=800 -> mark c"]),
        (
            .duplicate,
            [
                "t=300 -> mark a", "t=300 -> mark a", "t=500 -> mark b", "t=500 -> mark b", "t=800 -> mark c",
                "t=800 -> mark c",
            ]
        ),
        (.misnamed, ["t=300 -> mark no-such-a", "t=500 -> mark no-such-b", "t=800 -> mark no-such-c"]),
    ])
    func `played out`(mode: MarkMode, expected: [String]) {
        #expect(returned(mode, cleared: false) == expected)
    }

    @Test(arguments: [
        (MarkMode.honest, ["t=300 -> mark a", "t=800 -> mark c"]),
        (.never, []),
        (.late, ["t=2300 -> mark a", "t=2800 -> mark c"]),
        (.echo, ["t=100 -> mark a", "t=100 -> mark b", "t=800 -> mark c"]),
        (.burst, ["t=300 -> mark a", "t=350 -> mark b", "t=800 -> mark c"]),
    ])
    func `cleared at 350 ms`(mode: MarkMode, expected: [String]) {
        #expect(returned(mode, cleared: true) == expected)
    }
}
