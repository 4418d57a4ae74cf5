// SPDX-License-Identifier: Apache-2.0
import CallModel
import NIOCore
import VoiceBridgeTesting

/// The calls of one event loop: opens them, and sends the frames of all by one timer.
///
/// All calls have the same frame length, so that the calls in the order of their next frame are a ring: who has sent goes to
/// its end.
final class LoadLoop {
    /// The least time between two turns of the timer: what is due within it goes together.
    private static let leastStep = TimeAmount.microseconds(100)
    /// So many strange stretches are looked into; a search through all tones costs as much as hundreds of frames.
    private static let scanLimit = 200

    let eventLoop: any EventLoop
    let settings: LoadSettings
    let decoder: AudioDecoder
    var tally = LoadTally()
    /// Memory for the message under way, in and out.
    var scratch: [UInt8] = []
    var bytes: [UInt8] = []

    private var ring = CircularBuffer<LoadCall>()
    /// Every call that is not over, by its place.
    private(set) var calls: [Int: LoadCall] = [:]
    /// The places that this loop has to fill, and those that are free among them.
    private let places: [Int]
    private var free: [Int]
    private var failed: [Int] = []
    private var wanted = 0
    private let openingStep: TimeAmount
    private var nextOpening = NIODeadline.now()
    private var timer: Scheduled<Void>?
    private var scans = 0
    private var isStopped = false

    /// The calls of a loop, of which none begins before ``want(_:)``.
    ///
    /// - Parameters:
    ///   - eventLoop: Where all happens.
    ///   - settings: What all calls share.
    ///   - places: The numbers of the calls that this loop may play.
    ///   - rate: New calls in a second, on this loop.
    init(_ eventLoop: any EventLoop, _ settings: LoadSettings, places: [Int], rate: Double) {
        self.eventLoop = eventLoop
        self.settings = settings
        self.places = places
        decoder = AudioDecoder(settings.plan.call.format, isBigEndian: settings.templates.isBigEndian)
        free = places.reversed()
        openingStep = .nanoseconds(Int64(1e9 / rate))
    }

    /// Sets how many calls there are to be; those too many leave, and places of calls that broke are filled again.
    func want(_ count: Int) {
        wanted = min(count, places.count)
        free.append(contentsOf: failed)
        failed.removeAll()
        let extra = calls.keys.sorted().dropFirst(wanted)
        for place in extra { calls[place]?.drain() }
        nextOpening = max(nextOpening, .now())
        turn()
    }

    /// Lets all calls leave and opens no more.
    func stop() {
        isStopped = true
        wanted = 0
        for call in Array(calls.values) {
            if call.phase == .opening { call.abandon() } else { call.drain() }
        }
    }

    /// What was counted since it was asked for last.
    func takeTally() -> LoadTally {
        defer { tally = LoadTally() }
        return tally
    }

    /// Whether no call is left.
    var isEmpty: Bool { calls.isEmpty && opening == 0 }

    /// Calls that send audio.
    var liveCalls: Int { calls.values.count { $0.phase == .live } }

    func opened(_ call: LoadCall, at now: NIODeadline) {
        tally.callsOpened += 1
        tally.opening.record((now - call.began).nanoseconds)
        if call.due < .distantFuture { insert(call) }
        timer?.cancel()
        timer = nil
        setTimer()
    }

    /// Puts a call into the ring before those whose next frame is later.
    private func insert(_ call: LoadCall) {
        var place = ring.endIndex
        while place > ring.startIndex, ring[ring.index(before: place)].due > call.due {
            place = ring.index(before: place)
        }
        ring.insert(call, at: place)
    }

    /// A call is over; the place of one that broke stays empty, for a server that refuses would be asked without end.
    func ended(_ call: LoadCall, isWell: Bool) {
        guard calls[call.place] === call else { return }
        calls[call.place] = nil
        if isWell { free.append(call.place) } else { failed.append(call.place) }
        setTimer()
    }

    /// A connection that did not come about.
    func refused(_ place: Int, _ reason: String) {
        if isStopped { tally.callsStarted -= 1 } else { tally.failures.count(reason) }
        failed.append(place)
        opening -= 1
        setTimer()
    }

    /// Connections without a handler yet.
    private var opening = 0

    /// Does what is due.
    private func turn() {
        timer?.cancel()
        timer = nil
        let now = NIODeadline.now()
        while let first = ring.first, first.due <= now || first.phase != .live {
            ring.removeFirst()
            first.sendFrame(at: now)
            if first.phase == .live, first.due < .distantFuture { ring.append(first) }
        }
        while !isStopped, calls.count + opening < wanted, nextOpening <= now, let place = free.popLast() {
            nextOpening = nextOpening + openingStep
            opening += 1
            open(place)
        }
        setTimer()
    }

    private func open(_ place: Int) {
        tally.callsStarted += 1
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        LoadConnector.connect(settings, on: eventLoop) { result in
            let loop = bound.value
            switch result {
            case .success(let channel):
                let call = LoadCall(loop: loop, place: place)
                loop.opening -= 1
                loop.calls[place] = call
                do {
                    try channel.pipeline.syncOperations.addHandler(call)
                } catch {
                    call.fail("\(error)")
                }
                if loop.isStopped { call.abandon() }
            case .failure(let error): loop.refused(place, error.description)
            }
        }
    }

    private func setTimer() {
        guard timer == nil else { return }
        while let first = ring.first, first.phase != .live { ring.removeFirst() }
        var next = ring.first?.due ?? .distantFuture
        if !isStopped, calls.count + opening < wanted, !free.isEmpty { next = min(next, nextOpening) }
        guard next < .distantFuture else { return }
        let deadline = max(next, .now() + Self.leastStep)
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.turn() }
    }

    /// Counts what was wrong with a call's sound.
    func count(_ finding: ToneFinding, of tone: PreparedTone) {
        switch finding {
        case .lost(let frames): tally.framesLost += frames
        case .repeated(let frames): tally.framesRepeated += frames
        case .outOfOrder: tally.outOfOrder += 1
        case .silence(let windows): tally.silentWindows += windows
        case .strange(let sound):
            scans += 1
            let rate = settings.plan.call.format.sampleRate
            guard scans <= Self.scanLimit,
                let found = ToneScan.strongest(in: sound, of: settings.frequencies, sampleRate: rate),
                found.frequency != tone.frequency, found.share > 0.8
            else { return tally.garbled += 1 }
            tally.crossTalk += 1
        }
    }
}
