// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import VoiceBridge

@Suite("What a call hands to its bot")
struct CallInboxTests {
    private func inbox(speechLimit: Duration = .seconds(60)) -> CallInbox {
        let inbox = CallInbox(format: .linear8kHz, audioLimit: .seconds(2), speechLimit: speechLimit)
        _ = inbox.beginListening()
        return inbox
    }

    private func ramp(_ count: Int, from first: Int = 0) -> [Int16] {
        (0..<count).map { Int16(truncatingIfNeeded: $0 + first) }
    }

    private func deliver(_ samples: [Int16], at position: Int64, to inbox: CallInbox) {
        inbox.deliver(audio: samples.span, at: position)
    }

    private let reason = EndReason(side: .caller, code: "stop")

    /// Everything up to the end, audio as its length and place.
    private func all(_ inbox: CallInbox) async -> [String] {
        var found: [String] = []
        while let event = await inbox.nextEvent() {
            switch event {
            case .audio(let chunk): found.append("\(chunk.position)+\(chunk.sampleCount)")
            case .digit(let digit, _): found.append("digit \(digit)")
            case .speechStarted: found.append("started")
            case .speechEnded: found.append("ended")
            case .playback(let id, _): found.append("\(id)")
            case .ended(let reason): found.append(reason.code)
            default: found.append("\(event)")
            }
        }
        return found
    }

    @Test("audio and events come in the order in which they happened, audio at most 200 ms at once")
    func order() async throws {
        let inbox = inbox()
        let one = try #require(DTMFDigit("1"))
        deliver(ramp(160), at: 0, to: inbox)
        #expect(inbox.deliver(.speechStarted, at: 160) == .delivered)
        deliver(ramp(320, from: 160), at: 160, to: inbox)
        #expect(inbox.deliver(.digit(one, duration: nil), at: 200) == .delivered)
        #expect(inbox.deliver(.speechEnded, at: 480) == .delivered)
        deliver(ramp(4_000, from: 480), at: 480, to: inbox)
        inbox.end(reason, at: 4_480)
        let expected = [
            "0+160", "started", "160+40", "digit 1", "200+280", "ended", "480+1600", "2080+1600", "3680+800", "stop",
        ]
        #expect(await all(inbox) == expected)
        #expect(await inbox.nextEvent() == nil)
    }

    @Test("audio beyond 2 s is dropped from its oldest end, counted, and keeps its place")
    func audioBound() async {
        let inbox = inbox()
        for step in 0..<250 { deliver(ramp(160, from: step * 160), at: Int64(step * 160), to: inbox) }
        #expect(inbox.droppedSamples == 24_000)
        guard case .audio(let chunk) = await inbox.nextEvent() else {
            Issue.record("no audio")
            return
        }
        #expect(chunk.position == 24_000)
        #expect(chunk.samples == ramp(1_600, from: 24_000))
    }

    @Test("the 257th event that waits overflows; before anybody listens the oldest makes room")
    func eventBound() async {
        let listening = inbox()
        for _ in 0..<256 { #expect(listening.deliver(.speechStarted, at: 0) == .delivered) }
        #expect(listening.deliver(.speechStarted, at: 0) == .overflow)
        #expect(listening.deliver(.speechEnded, at: 0) == .overflow)
        let early = CallInbox(format: .linear8kHz, audioLimit: .seconds(2), speechLimit: .seconds(60))
        for _ in 0..<10_000 { #expect(early.deliver(.speechStarted, at: 0) == .delivered) }
        #expect(early.deliver(.speechEnded, at: 0) == .delivered)
        #expect(early.beginListening())
        #expect(!early.beginListening())
        early.end(reason, at: 0)
        let events = await all(early)
        #expect(events.count == 257)
        #expect(events.suffix(2) == ["ended", "stop"])
    }

    @Test("audio is not kept before anybody listens, nor anything after the end")
    func closed() async {
        let inbox = CallInbox(format: .linear8kHz, audioLimit: .seconds(2), speechLimit: .seconds(60))
        deliver(ramp(160), at: 0, to: inbox)
        _ = inbox.beginListening()
        deliver(ramp(160), at: 160, to: inbox)
        inbox.end(reason, at: 320)
        inbox.end(EndReason(side: .bot, code: "other"), at: 320)
        deliver(ramp(160), at: 320, to: inbox)
        #expect(inbox.deliver(.speechEnded, at: 320) == .delivered)
        #expect(await all(inbox) == ["160+160", "stop"])
        #expect(inbox.reason == reason)
        #expect(await inbox.awaitEnd() == reason)
    }

    @Test("a reader that waits is woken by audio, by an event, by the end", arguments: ["audio", "event", "end"])
    func waking(by kind: String) async {
        let inbox = inbox()
        let reader = Task { await inbox.nextEvent() }
        while !inbox.waiting.reader { await Task.yield() }
        switch kind {
        case "audio": deliver(ramp(160), at: 7, to: inbox)
        case "event": #expect(inbox.deliver(.speechStarted, at: 0) == .delivered)
        default: inbox.end(reason, at: 0)
        }
        switch await reader.value {
        case .audio(let chunk): #expect(kind == "audio" && chunk.position == 7)
        case .speechStarted: #expect(kind == "event")
        case .ended(let found): #expect(kind == "end" && found == reason)
        default: Issue.record("the reader got nothing for \(kind)")
        }
        #expect(!inbox.waiting.reader)
    }

    @Test("an event that was queued first still comes behind the audio before its place")
    func eventBehindAudio() async {
        let inbox = inbox()
        #expect(inbox.deliver(.speechStarted, at: 160) == .delivered)
        deliver(ramp(320), at: 0, to: inbox)
        inbox.end(reason, at: 320)
        #expect(await all(inbox) == ["0+160", "started", "160+160", "stop"])
    }

    @Test("cancelling a reader ends its wait with nil and loses nothing")
    func cancelledReader() async {
        let inbox = inbox()
        let reader = Task { await inbox.nextEvent() }
        while !inbox.waiting.reader { await Task.yield() }
        reader.cancel()
        #expect(await reader.value == nil)
        #expect(inbox.deliver(.speechStarted, at: 0) == .delivered)
        #expect(await inbox.nextEvent() == .speechStarted)
    }

    @Test("a cancelled task that tries to read does not end another's wait")
    func strangersCancellation() async {
        let inbox = inbox()
        let reader = Task { await inbox.nextEvent() }
        while !inbox.waiting.reader { await Task.yield() }
        let stranger = Task {
            while !Task.isCancelled { await Task.yield() }
            return await inbox.nextEvent()
        }
        stranger.cancel()
        #expect(await stranger.value == nil)
        #expect(inbox.waiting.reader)
        #expect(inbox.deliver(.speechStarted, at: 0) == .delivered)
        #expect(await reader.value == .speechStarted)
    }

    @Test("writer and reader at once: every sample and event arrives, in order", arguments: 0..<20)
    func concurrently(round: Int) async {
        let inbox = CallInbox(format: .linear8kHz, audioLimit: .seconds(60), speechLimit: .seconds(60))
        _ = inbox.beginListening()
        let reason = reason
        let writer = Task.detached {
            for step in 0..<200 {
                let samples = (0..<160).map { Int16(truncatingIfNeeded: $0 + step * 160) }
                inbox.deliver(audio: samples.span, at: Int64(step * 160))
                if step % 10 == 9 { _ = inbox.deliver(.speechStarted, at: Int64((step + 1) * 160)) }
            }
            inbox.end(reason, at: 32_000)
        }
        var samples: [Int16] = []
        var places: [Int] = []
        var hasEnded = false
        while let event = await inbox.nextEvent() {
            switch event {
            case .audio(let chunk):
                #expect(chunk.position == Int64(samples.count))
                samples += chunk.samples
            case .speechStarted: places.append(samples.count)
            case .ended: hasEnded = true
            default: break
            }
        }
        await writer.value
        #expect(hasEnded)
        #expect(samples == ramp(32_000))
        #expect(places == (1...20).map { $0 * 1_600 })
    }
}
