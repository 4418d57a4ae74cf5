// SPDX-License-Identifier: Apache-2.0

import CallModel

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}
