// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// Writes messages of caller audio in every spelling that JSON allows, and a few that it does not; the same for the same seed.
struct MediaMessageWriter {
    var random: RandomNumbers

    init(seed: UInt64) { random = RandomNumbers(seed: seed) }

    /// True once in so many times.
    private mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    /// One message, which nearly always is one of audio.
    mutating func message() -> String {
        var members = [
            ("event", once(in: 30) ? pick([#""stop""#, #""Media""#, "1", #""\u006dedia""#, "null"]) : #""media""#),
            ("media", once(in: 40) ? pick(["null", "[]", #""media""#, "{}"]) : object(audioMembers())),
            (pick(["streamSid", "stream_sid", "streamId"]), #""MZ00000000000000000000000000000aa""#),
        ]
        if !once(in: 4) { members.append((pick(["sequenceNumber", "sequence_number"]), number())) }
        if once(in: 8) { members.append((pick(["timestamp", "sequence_number", "track", "payload"]), number())) }
        for _ in 0..<Int.random(in: 0...2, using: &random) { members.append(unknown()) }
        if once(in: 20) { members.append(pick(members)) }
        members.shuffle(using: &random)
        return blank() + object(members) + blank()
    }

    private mutating func audioMembers() -> [(String, String)] {
        var members = [("payload", payload())]
        if !once(in: 3) { members.append(("track", track())) }
        if !once(in: 4) { members.append(("chunk", number())) }
        if !once(in: 4) { members.append(("timestamp", number())) }
        if once(in: 6) { members.append((pick(["sequenceNumber", "sequence_number", "event", "media"]), number())) }
        if once(in: 4) { members.append(unknown()) }
        if once(in: 20) { members.append((pick(["payload", "track", "timestamp"]), payload())) }
        members.shuffle(using: &random)
        return members
    }

    private mutating func object(_ members: [(String, String)]) -> String {
        var text = "{"
        for (index, member) in members.enumerated() {
            if index > 0 { text += "," }
            let name = once(in: 60) ? #"\u00"# + hex(member.0.utf8.first ?? 0) + member.0.dropFirst() : member.0
            text += blank() + #"""# + name + #"""# + blank() + ":" + blank() + member.1 + blank()
        }
        return text + "}"
    }

    private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private mutating func blank() -> String { once(in: 6) ? pick([" ", "\n", "\t", "\r\n", "   "]) : "" }

    private mutating func number() -> String {
        let digits = String(random.next() >> UInt64.random(in: 8...63, using: &random))
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<10: return digits
        case 10..<20: return #"""# + digits + #"""#
        case 20: return pick(["-1", "1.5", "2e3", "0", "-0.0", #""007""#, #""""#, #""12x""#])
        case 21: return pick([#""1.75""#, #""-3""#, #""1e3""#, "null", "true", "[1]", #""\u0031""#, #"" 1""#])
        case 22: return pick(["999999999999999999", "9999999999999999999", #""123456789012345678901""#])
        default: return pick(["01", "1.", "+1", "0x1", "-"])
        }
    }

    private mutating func track() -> String {
        guard once(in: 12) else { return #""inbound""# }
        let tracks = [#""outbound""#, #""OUTBOUND_TRACK""#, #""other""#, #""inbound_track""#, "7", "null", #""""#]
        return pick(tracks + [#""é""#])
    }

    private mutating func payload() -> String {
        let count = once(in: 10) ? 160 : Int.random(in: 0...24, using: &random)
        var text = PlainBase64.encode((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        switch Int.random(in: 0..<24, using: &random) {
        case 0: text.removeAll { $0 == "=" }
        case 1: text = String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
        case 2, 3: text = String(text.flatMap { $0 == "/" ? Array(#"\/"#) : [$0] })
        case 4: text += pick(["=", " ", #"\n"#, "A", "*", "é", #"\u0041"#])
        case 5: text = String(text.dropLast())
        default: break
        }
        return once(in: 60) ? pick(["null", "[]", "5"]) : #"""# + text + #"""#
    }

    private mutating func unknown() -> (String, String) {
        let name = pick(["x", "extra_headers", "chunk", "é", "", "sequence", "payloads", "timestamps", "mediaFormat"])
        return (name, value(depth: Int.random(in: 0...3, using: &random)))
    }

    private static let values = [
        "0", "-12.5", "true", "false", "null", #""a\"}]\\""#, #""é😀""#, #""\ud83d\ude00""#, "[]", "{}", "[ ]", "{ }",
        #"{"payload":"AAAA","event":"stop"}"#, #""a longer text than a word or two""#, #""\ud800""#, "nul", "[1,]",
        "{1:2}", String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ]

    private mutating func value(depth: Int) -> String {
        guard depth > 0 else { return pick(Self.values) }
        let inner = value(depth: depth - 1)
        guard once(in: 2) else { return #"{"a":"# + inner + #", "b" : {"c":[]}}"# }
        return "[" + blank() + inner + ",1 ," + inner + "]"
    }
}
