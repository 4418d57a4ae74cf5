// SPDX-License-Identifier: Apache-2.0
import NIOCore
import TelephonyAudio

enum Base64Run {
    static func run(rounds: Int) {}
}
