// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import voicebridge

struct ChunkSizesTests {
    @Test func `one size is always that size`() {
        var sizes = ChunkSizes(always: 160)
        #expect((0..<5).map { _ in sizes.next() } == [160, 160, 160, 160, 160])
    }

    @Test func `a seed gives every size and the same ones again`() {
        var (sizes, again, other) = (
            ChunkSizes(random: 7, upTo: 20), ChunkSizes(random: 7, upTo: 20), ChunkSizes(random: 8, upTo: 20)
        )
        let drawn = (0..<2000).map { _ in sizes.next() }
        #expect(Set(drawn) == Set(1...20))
        #expect((0..<2000).map { _ in again.next() } == drawn && (0..<2000).map { _ in other.next() } != drawn)
    }
}
