// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

/// Carries a call's audio from its event loop to the thread that records it.
///
/// A ring of fixed length between one writer and one reader, without locks: the loop copies what it sends and receives, and
/// never waits. Audio for which there is no room is dropped and counted; a little room is kept for what is not audio.
///
/// Unchecked, because the memory is raw: the writer touches only what lies between ``written`` and the reader's end of the
/// ring, the reader only what lies before ``written``, and each publishes how far it is by an atomic store.
@safe package final class AudioTap: @unchecked Sendable {
    /// Room that audio leaves to everything else.
    private static let reserve = 2_048
    private static let wordBytes = 8
    private static let headBytes = 4 * wordBytes

    /// What the recording is called, for the log and the record.
    package let name: String
    /// The wire's audio from the platform.
    package let format: AudioFormat
    /// The wire's audio to the platform.
    package let outboundFormat: AudioFormat
    private let capacity: Int
    private let memory: UnsafeMutableRawPointer
    private let written = Atomic<Int>(0)
    private let taken = Atomic<Int>(0)
    private let dropped = Atomic<Int>(0)
    private let over = Atomic<Bool>(false)

    /// A tap on a call.
    ///
    /// - Parameters:
    ///   - name: what the recording is called.
    ///   - format: the wire's audio from the platform.
    ///   - outboundFormat: the wire's audio to the platform.
    ///   - length: how much audio of both sides may wait.
    package init(name: String, format: AudioFormat, outboundFormat: AudioFormat, length: Duration) {
        self.name = name
        self.format = format
        self.outboundFormat = outboundFormat
        // A frame of either side is 20 ms long at least.
        let perSecond = format.bytesPerSecond + outboundFormat.bytesPerSecond + 100 * Self.headBytes
        let bytes = Int(length.wholeMilliseconds) * perSecond / 1_000 + 2 * Self.reserve
        capacity = bytes / Self.wordBytes * Self.wordBytes
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: Self.wordBytes)
    }

    deinit { unsafe memory.deallocate() }

    /// Bytes of audio that were dropped because the reader was too slow.
    package var droppedBytes: Int { dropped.load(ordering: .relaxed) }
    /// Whether the call is over, whether or not the reader has come that far.
    package var isOver: Bool { over.load(ordering: .acquiring) }

    /// Tells something; on the call's thread.
    package func tell(_ entry: TapEntry, _ bytes: RawSpan = RawSpan()) {
        if entry.kind == .ended { over.store(true, ordering: .releasing) }
        let end = written.load(ordering: .relaxed)
        let free = capacity - (end - taken.load(ordering: .acquiring))
        let size = Self.size(entry)
        guard size + (entry.kind.hasBytes ? Self.reserve : 0) <= free else {
            dropped.wrappingAdd(bytes.byteCount, ordering: .relaxed)
            return
        }
        store(Int64(entry.kind.rawValue) | Int64(entry.byteCount) << 8, at: end)
        store(entry.time.nanoseconds, at: end + Self.wordBytes)
        store(entry.first, at: end + 2 * Self.wordBytes)
        store(entry.second, at: end + 3 * Self.wordBytes)
        if entry.kind.hasBytes { copyIn(bytes, at: end + Self.headBytes) }
        written.store(end + size, ordering: .releasing)
    }

    /// Takes the next thing that was told, and puts its bytes in place of what is in `bytes`; on the recorder's thread.
    package func next(_ bytes: inout [UInt8]) -> TapEntry? {
        let start = taken.load(ordering: .relaxed)
        guard start < written.load(ordering: .acquiring) else { return nil }
        let head = word(at: start)
        guard let kind = TapEntry.Kind(rawValue: UInt8(truncatingIfNeeded: head)) else { return nil }
        let entry = TapEntry(
            kind,
            byteCount: Int(head >> 8),
            at: CallInstant(nanoseconds: word(at: start + Self.wordBytes)),
            first: word(at: start + 2 * Self.wordBytes),
            second: word(at: start + 3 * Self.wordBytes)
        )
        bytes.removeAll(keepingCapacity: true)
        if kind.hasBytes { copyOut(entry.byteCount, at: start + Self.headBytes, to: &bytes) }
        taken.store(start + Self.size(entry), ordering: .releasing)
        return entry
    }

    private static func size(_ entry: TapEntry) -> Int {
        guard entry.kind.hasBytes else { return headBytes }
        return headBytes + (entry.byteCount + wordBytes - 1) / wordBytes * wordBytes
    }

    private func store(_ word: Int64, at position: Int) {
        // Positions and the capacity are multiples of a word.
        unsafe memory.storeBytes(of: word, toByteOffset: position % capacity, as: Int64.self)
    }

    private func word(at position: Int) -> Int64 {
        unsafe memory.load(fromByteOffset: position % capacity, as: Int64.self)
    }

    private func copyIn(_ bytes: RawSpan, at position: Int) {
        let place = position % capacity
        let first = min(bytes.byteCount, capacity - place)
        unsafe bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            unsafe memory.advanced(by: place).copyMemory(from: base, byteCount: first)
            unsafe memory.copyMemory(from: base.advanced(by: first), byteCount: source.count - first)
        }
    }

    private func copyOut(_ count: Int, at position: Int, to bytes: inout [UInt8]) {
        let place = position % capacity
        let first = min(count, capacity - place)
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: memory.advanced(by: place), count: first))
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: memory, count: count - first))
    }
}
