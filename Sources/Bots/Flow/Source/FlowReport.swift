// SPDX-License-Identifier: Apache-2.0

package import ConfigurationReading
package import VoiceBridge

/// What the operator of a flow should know.
///
/// It holds no digit that a caller pressed, no secret, and nothing of a request but its method and host.
package enum FlowReport: Sendable {
    /// Something that is no fault.
    case notice(String)
    /// Something that is hardly meant.
    case warning(String)
    /// A changed file was refused.
    case refused(String, faults: ConfigurationError)
    /// A step of a call did not work as it should; the call goes on.
    case failed(String, call: CallID)
    /// A call takes a step.
    case step(String, call: CallID)
}
