// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import Bots

@Suite("Interrupting a realtime model") struct RealtimeBargeInTests {
    /// Up to the first answer's beginning.
    static let opening = """
        0 ! begin
        0 * connect
        80 ! open
        90 < created
        90 > update audio/pcmu
        120 < updated
        120 > respond
        150 < response r1

        """

    @Test("The service cancels, the caller's buffer is cleared, the item is cut where the caller stopped to hear")
    func service() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 5000
                200 * play 1 5000 ms
                1450 < speech begins
                1450 * flush
                1450 > truncate i1 1250
                1460 < audio r1 i1 400
                1470 < audio-done r1 i1
                1480 < done r1 cancelled
                2000 < speech ends
                2050 < response r2
                2100 < audio r2 i2 100
                2100 * play 2 100 ms
                """
        )
    }

    @Test("Never more is cut off than was received: what was heard is held to it")
    func receivedBound() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 300
                200 * play 1 300 ms
                1450 < speech begins
                1450 * flush
                1450 > truncate i1 300
                """
        )
    }

    @Test("Of several items the one being heard is cut, and those not begun are deleted")
    func severalItems() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 1000
                200 * play 1 1000 ms
                210 < audio-done r1 i1
                210 * finish 1
                220 < audio r1 i2 2000
                220 * play 2 2000 ms
                230 < audio-done r1 i2
                230 * finish 2
                240 < audio r1 i3 2000
                240 * play 3 2000 ms
                250 < done r1
                250 * finish 3
                1700 < speech begins
                1700 * flush
                1700 > truncate i2 500
                1700 > delete i3
                """
        )
    }

    @Test("Nothing is cut when everything was heard")
    func allHeard() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 300
                200 * play 1 300 ms
                250 < done r1
                250 * finish 1
                1450 < speech begins
                1500 < speech ends
                """
        )
    }

    @Test("An answer that begins while the caller speaks is cancelled")
    func crossing() {
        Dialogue.expect(
            """
            0 ! begin
            0 * connect
            80 ! open
            90 < created
            90 > update audio/pcmu
            120 < updated
            120 > respond
            140 < speech begins
            150 < response r1
            150 > cancel r1
            160 < audio r1 i1 300
            170 < done r1 cancelled
            900 < speech ends
            950 < response r2
            """
        )
    }

    @Test("With local turns we cancel, and commit and ask at the end of a turn")
    func local() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 5000
                200 * play 1 5000 ms
                700 ! speech begins
                700 > cancel r1
                700 * flush
                700 > truncate i1 500
                720 < done r1 cancelled
                1500 ! speech ends
                1600 ! speech begins
                2000 ! speech ends
                2300 > input_audio_buffer.commit
                2300 > respond
                2350 < response r2
                """,
            { $0.turnDetection = .local }
        )
    }

    @Test("With local turns the call's own end of a turn counts where it comes first, and once")
    func localTurn() {
        Dialogue.expect(
            Self.opening + """
                200 < done r1
                700 ! speech begins
                1500 ! speech ends
                1600 ! turn ends
                1600 > input_audio_buffer.commit
                1600 > respond
                1650 < response r2
                1700 < done r2
                1900 ! turn ends
                2000 ! wait
                """,
            { $0.turnDetection = .local }
        )
    }

    @Test("A key stops the bot, and the model is told which, after a pause or at #")
    func digits() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 5000
                200 * play 1 5000 ms
                600 ! digit 1
                600 > cancel r1
                600 > truncate i1 400
                610 < done r1 cancelled
                900 ! digit 2
                2400 > item user: The caller pressed these keys on the telephone: 1 2
                2400 > respond
                2450 < response r2
                2460 < done r2
                3000 ! digit #
                3000 > item user: The caller pressed these keys on the telephone: #
                3000 > respond
                """
        )
    }

    @Test(
        "Errors that a session survives are counted, whatever they are about",
        arguments: [
            "error response_cancel_not_active vb-cancel-2", "error item_truncate_invalid vb-truncate-3", "error odd",
        ]
    )
    func harmless(error: String) {
        let code = error.split(separator: " ")[1]
        Dialogue.expect(
            Self.opening + """
                200 < \(error)
                200 * note the realtime service told an error: \(code): no
                210 < audio r1 i1 100
                210 * play 1 100 ms
                """
        )
    }

    @Test("An answer that is too long is cut and cancelled")
    func tooLong() {
        Dialogue.expect(
            Self.opening + """
                200 < audio r1 i1 900
                200 * play 1 900 ms
                250 < audio r1 i1 200
                250 * note an answer of the realtime service is longer than 1.0 seconds; the rest is cut
                250 * finish 1
                250 > cancel r1
                300 < done r1 cancelled
                1100 > truncate i1 900
                1200 ! wait
                """,
            { $0.maximumAnswer = .seconds(1) }
        )
    }
}
