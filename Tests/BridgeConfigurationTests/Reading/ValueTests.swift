// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeConfiguration
@testable import ConfigurationReading

@Suite("Values")
struct ValueTests {
    @Test(
        "times",
        arguments: [
            ("250ms", 250), ("20s", 20_000), ("5m", 300_000), ("2h", 7_200_000), ("0s", 0), ("007s", 7_000),
            ("1000000h", 3_600_000_000_000), ("1000001h", nil), ("99999999s", nil), ("", nil), ("s", nil), ("5", nil),
            ("5 s", nil), ("-5s", nil), ("1.5s", nil), ("5S", nil), ("5sec", nil), ("٥s", nil), ("1m30s", nil),
        ] as [(String, Int64?)]
    )
    func durations(_ text: String, _ milliseconds: Int64?) {
        #expect(DurationText.read(text) == milliseconds.map { .milliseconds($0) })
    }

    @Test(
        "times are written in the largest whole unit",
        arguments: [(0, "0s"), (1, "1ms"), (1_000, "1s"), (1_001, "1001ms"), (60_000, "1m"), (7_200_000, "2h")]
    )
    func writtenDurations(_ milliseconds: Int64, _ text: String) {
        #expect(DurationText.write(.milliseconds(milliseconds)) == text)
        #expect(DurationText.read(text) == .milliseconds(milliseconds))
    }

    @Test(
        "sizes",
        arguments: [
            ("0", 0), ("17", 17), ("17B", 17), ("64KiB", 65_536), ("1MiB", 1_048_576), ("2GiB", 2_147_483_648),
            ("999999999GiB", 999_999_999 << 30), ("1000000000", nil), ("1MB", nil), ("1 MiB", nil), ("MiB", nil),
            ("", nil), ("-1", nil), ("1mib", nil),
        ] as [(String, Int?)]
    )
    func sizes(_ text: String, _ bytes: Int?) {
        #expect(ByteCountText.read(text) == bytes)
    }

    @Test(
        "sizes are written in the largest whole unit",
        arguments: [0, 1, 1_023, 1_024, 1_536, 65_536, 3 << 20, 1 << 30]
    )
    func writtenSizes(_ bytes: Int) {
        #expect(ByteCountText.read(ByteCountText.write(bytes)) == bytes)
    }

    @Test(
        "addresses",
        arguments: [
            ("127.0.0.1", true, false), ("127.255.0.9", true, false), ("localhost", true, false),
            ("LocalHost", true, false), ("::1", true, false), ("0:0:0:0:0:0:0:1", true, false),
            ("::ffff:127.0.0.1", true, false), ("128.0.0.1", false, false), ("0.0.0.0", false, true),
            ("::", false, true), ("::ffff:10.0.0.1", false, false), ("fe80::1", false, false),
            ("2001:db8::8:800:200c:417a", false, false), ("bot.example.net", false, false),
            ("localhost.example", false, false), ("::2", false, false), ("1::1", false, false),
        ]
    )
    func addresses(_ text: String, _ isLoopback: Bool, _ isEveryAddress: Bool) throws {
        let address = try #require(HostAddress(text))
        #expect(address.isLoopback == isLoopback)
        #expect(address.isEveryAddress == isEveryAddress)
    }

    @Test(
        "no addresses",
        arguments: [
            "", "127.1", "127.0.0", "127.0.0.01", "1.2.3.4.5", "256.1.1.1", "[::1]", "::1%eth0", ":::", "1::2::3",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "a b", "-a", "a-", "a..b", "*", "a_b", "1:", ":1",
            "::127.0.0.1:1", "0x7f.1", "2130706433", "é.example", String(repeating: "a", count: 64),
        ]
    )
    func noAddresses(_ text: String) {
        #expect(HostAddress(text) == nil)
    }

    @Test(
        "nearest names",
        arguments: [
            ("prot", "port"), ("Host", "host"), ("publicurl", "public_url"), ("public-url", "public_url"),
            ("tsl", "tls"), ("hst", "host"), ("ho", nil), ("xyz", nil), ("", nil),
            (String(repeating: "p", count: 1_000), nil),
        ] as [(String, String?)]
    )
    func nearest(_ written: String, _ name: String?) {
        #expect(NearestName.find(written, among: ["host", "port", "tls", "plain", "public_url"]) == name)
    }

    @Test(
        "edit distances",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3),
            ("abcd", "acbd", 1), ("flaw", "lawn", 2),
        ]
    )
    func distances(_ first: String, _ second: String, _ distance: Int) {
        #expect(NearestName.editDistance(Array(first), Array(second)) == distance)
    }
}
