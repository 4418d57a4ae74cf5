// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import TestSupport
import Testing

/// Whatever comes, a message costs at most itself.
@Suite struct IVRSolutionsMutationTests {
    static let seeds = [
        #"{"event":"connected"}"#,
        #"{"event":"start","sequence_number":1,"stream_sid":"1790000000.41","start":{"stream_sid":"1790000000.41","call_sid":"c","from":"981","to":"180","media_format":{"encoding":"raw/slin","sample_rate":8000}}}"#,
        #"{"event":"media","sequence_number":2,"stream_sid":"1790000000.41","media":{"chunk":1,"timestamp":"20","payload":"AAAAAA=="}}"#,
        #"{"event":"media","media":{"payload":"\/\/\/\/\/w=="}}"#,
        #"{"event":"dtmf","sequence_number":90,"dtmf":{"digit":"4","duration":"110"}}"#,
        #"{"event":"mark","mark":{"name":"p7"}}"#, #"{"event":"clear","stream_sid":"1"}"#,
        #"{"event":"stop","stop":{"call_sid":"c","reason":"callended"}}"#,
        #"{"type":"session.start","from":"981","to":"180","sessionId":"s","metadata":{"a":{"b":[1,2]},"c":null}}"#,
    ]

    @Test func noMessageEndsMoreThanItself() throws {
        var settings = IVRSolutionsSettings()
        settings.inputAudioPath = ["media", "payload"]
        settings.defaultCountry = .india
        var random = RandomNumbers(seed: 4)
        var call = Reading(settings)
        var read = 0
        for round in 0..<10_000 {
            let text = JSONMutationTests.mutated(Array(Self.seeds[round % Self.seeds.count].utf8), &random)
            do {
                _ = try call.dialect.decode(text: text.span)
                read += 1
            } catch {
                #expect(error.description.utf8.count < 400)
            }
            if round.isMultiple(of: 100) {
                #expect(try call.event(#"{"event":"media","payload":"AQID"}"#) == .media(MediaHeader()))
                #expect(call.media == [1, 2, 3])
            }
        }
        #expect(read > 1_000)
    }
}
