// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// How one platform is asked about its live calls: requests and the meaning of their answers, without any I/O.
package protocol CallControlRequests: Sendable {
    /// The platform's name in records and errors.
    var platform: String { get }
    /// The country whose national numbers are written internationally for the platform; nil sends numbers as they are.
    var numbering: NumberingPlan? { get }

    /// The kinds of transfer that the platform has.
    var transfers: Set<TransferTarget.Kind> { get }

    /// The request that asks for an action.
    ///
    /// - Throws: ``CallControlError`` when the platform has no such action, or lacks what it needs for it.
    func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest

    /// What an answer means.
    func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome

    /// Called before a transfer is asked for, with its target; keeps what the platform will fetch from us.
    func prepare(_ target: TransferTarget, for call: CallStart)
}

extension CallControlRequests {
    package func prepare(_ target: TransferTarget, for call: CallStart) {}

    /// The platform's id of a call.
    ///
    /// - Throws: ``CallControlError`` when the platform sent none, and the one there is was made here.
    func identity(of call: CallStart) throws(CallControlError) -> String {
        guard !call.hasMadeUpCallID else { throw .noCallID(platform) }
        return call.callID.rawValue
    }

    /// Reads targets for the platform.
    var targets: TargetReader { TargetReader(platform: platform, numbering: numbering) }
}
