// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// A call as CALLR's record has it (`CDR.In`, `CDR.Out`).
package struct CALLRCallRecord: Sendable, Equatable {
    /// `callid`, 64 bits without sign, as decimal digits.
    package let call: CallID
    /// `callid_in`: the call to us that it was placed for.
    package let inbound: CallID?
    /// `cli_number`.
    package let from: String?
    /// `did_intl_number` of a call to us, `number` of one that was placed.
    package let to: String?
    /// `start`, `YYYY-MM-DD HH:MM:SS` in UTC, as are the other two.
    package let start: String?
    /// `answer`.
    package let answer: String?
    /// `hangup`.
    package let hangUp: String?
    /// `duration`.
    package let duration: Duration?
    /// `duration_answered`.
    package let answered: Duration?
    /// `hangupcause` (ITU-T Q.850).
    package let cause: Int?
    /// `hangupsource`: `CALLER`, `CALLEE` or `GATEWAY`.
    package let source: String?
    /// `dialstatus` of a call that was placed, such as `ANSWER`.
    package let dialStatus: String?
    /// `scenario_hash`: the application.
    package let application: String?
    /// `customer_field`.
    package let recordField: String?

    /// A record; nil without a call's id.
    package init?(_ json: JSONValue) {
        func text(_ name: String) -> String? {
            guard let text = json[name]?.text, !text.isEmpty else { return nil }
            return text
        }
        func id(_ name: String) -> CallID? { text(name).flatMap { UInt64($0) }.map { CallID(String($0)) } }
        func seconds(_ name: String) -> Duration? { text(name).flatMap { Int64($0) }.map { .seconds($0) } }
        guard let call = id("callid") else { return nil }
        self.call = call
        inbound = id("callid_in")
        from = text("cli_number")
        to = text("did_intl_number") ?? text("number")
        start = text("start")
        answer = text("answer")
        hangUp = text("hangup")
        duration = seconds("duration")
        answered = seconds("duration_answered")
        cause = text("hangupcause").flatMap { Int($0) }
        source = text("hangupsource")
        dialStatus = text("dialstatus")
        application = text("scenario_hash")
        recordField = text("customer_field")
    }
}
