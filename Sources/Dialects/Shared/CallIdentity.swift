// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What a platform calls a call and its stream, or what they are called here where it says nothing.
struct CallIdentity {
    /// The stream's id.
    let stream: String
    /// The call's id.
    let call: CallID
    /// Whether one of the two was made here.
    let isMadeUp: Bool
    /// Whether the call's was.
    let isCallMadeUp: Bool

    /// The platform's ids within bounds; `random` makes those it did not send.
    init(stream: String?, call: String?, random: () -> UInt64) {
        let stream = LocalIdentifier.kept(stream)
        let call = LocalIdentifier.kept(call)
        self.stream = stream ?? LocalIdentifier.make(random)
        self.call = CallID(call ?? LocalIdentifier.make(random))
        isCallMadeUp = call == nil
        isMadeUp = stream == nil || isCallMadeUp
    }
}
