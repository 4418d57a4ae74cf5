// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Testing
import VoiceBridgeTesting

/// One action on one platform: the request its document shows, and answers typed from it.
struct CallControlGolden: Sendable, CustomTestStringConvertible {
    var name: String
    var requests: any CallControlRequests
    var call: String
    var action: CallAction
    var expected: ExpectedRequest
    /// An answer of success.
    var success: (status: Int, body: String)
    /// The answer for a call that is over.
    var over: (status: Int, body: String)
    /// Whether a lost answer is asked for again.
    var isRepeatable: Bool

    var testDescription: String { name }

    var start: CallStart { CallStart(callID: CallID(call), streamID: "stream", platform: requests.platform) }
}
