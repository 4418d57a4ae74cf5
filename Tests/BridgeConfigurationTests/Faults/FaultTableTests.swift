// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import Testing

/// A text and the faults that it must have, place and words.
struct FaultCase: Sendable, CustomTestStringConvertible {
    var name: String
    var yaml: String
    var faults: [String]
    var environment: [String: String] = [:]

    init(_ name: String, _ yaml: String, _ faults: String..., environment: [String: String] = [:]) {
        self.name = name
        self.yaml = yaml
        self.faults = faults
        self.environment = environment
    }

    var testDescription: String { name }
}

@Suite("Faults of a file")
struct FaultTableTests {
    @Test("sections", arguments: SectionFaults.cases)
    func sections(_ row: FaultCase) {
        #expect(Fixture.faults(row.yaml, environment: row.environment) == row.faults)
    }

    @Test("routes", arguments: RouteFaults.cases)
    func routes(_ row: FaultCase) {
        #expect(Fixture.faults(row.yaml, environment: row.environment) == row.faults)
    }

    @Test("receivers and call control", arguments: ReceiverFaults.cases)
    func receivers(_ row: FaultCase) {
        #expect(Fixture.faults(row.yaml, environment: row.environment) == row.faults)
    }

    @Test("tenants and limits of calls", arguments: TenantFaults.cases)
    func tenants(_ row: FaultCase) {
        #expect(Fixture.faults(row.yaml, environment: row.environment) == row.faults)
    }

    #if !Opus
    @Test("a format of recordings that is not built")
    func format() {
        let missing =
            "opus is not in this build: install libopusenc-dev and build with "
            + "`swift build -c release --traits Opus`, or give wav"
        #expect(
            Fixture.faults(Fixture.with("recording: {folder: a, format: opus}")) == [
                "1:32: recording.format: " + missing
            ]
        )
    }
    #endif

    @Test("the text itself", arguments: TextFaults.cases)
    func text(_ row: FaultCase) {
        #expect(Fixture.faults(row.yaml, environment: row.environment) == row.faults)
    }

    @Test("all faults of a file come at once, in the order of the file")
    func together() {
        let yaml = """
            routes:
              - authentication: {bearer: t0ken}
                audio: {frame: 30ms}
                bott: echo
            listen:
              port: 99999
              port: 1
            limits: {calls: 0}
            """
        #expect(
            Fixture.faults(yaml) == [
                "3:20: routes[0].audio.frame: is no multiple of 20ms; give 20ms, 40ms and so on up to 200ms",
                "4:5: routes[0].bott: is not a known key; did you mean `bot`?",
                "7:3: listen.port: is given already at line 6; keep one of them",
                "8:17: limits.calls: `0` is out of range; give 1…1000000",
            ]
        )
    }

    @Test("an error shows its file in every line")
    func description() throws {
        let error = #expect(throws: ConfigurationError.self) { try Fixture.load("limits: {calls: 0}") }
        #expect(
            error?.description == """
                v.yaml:1:1: routes: is missing; give at least one entry with its `authentication`
                v.yaml:1:17: limits.calls: `0` is out of range; give 1…1000000
                """
        )
    }

    @Test("a file of nothing but faults is cut and counted")
    func bounded() {
        let keys = (0..<250).map { "key\($0): 1" }.joined(separator: "\n")
        let error = #expect(throws: ConfigurationError.self) { try Fixture.load(Fixture.with(keys)) }
        #expect(error?.faults.count == 100)
        #expect(error?.description.hasSuffix("v.yaml: and 150 more faults") == true)
    }
}
