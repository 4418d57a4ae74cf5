// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects

/// Call control of Exotel, which has no request for it: the flow goes on when the socket closes, and asks where to.
///
/// A transfer keeps its target for ``ExotelTransferAnswer`` before the socket is closed. To hang up is to close with no
/// target kept: the flow finds none and ends the call.
package struct ExotelCallControl: CallControl {
    static let platform = "exotel"
    /// The most numbers that the Connect applet rings at once.
    static let maximumNumbers = 5

    private let store: TransferStore
    private let targets: TargetReader
    private let report: @Sendable (CallControlReport) -> Void

    /// Call control that keeps targets in a store.
    ///
    /// - Parameters:
    ///   - store: keeps the targets; the same that the answer reads.
    ///   - numbering: writes national numbers internationally; nil leaves them as they are.
    ///   - report: told the outcome of each action; may not wait.
    package init(
        store: TransferStore,
        numbering: NumberingPlan? = .india,
        report: @escaping @Sendable (CallControlReport) -> Void = { _ in }
    ) {
        self.store = store
        targets = TargetReader(platform: Self.platform, numbering: numbering)
        self.report = report
    }

    package let transfers: Set<TransferTarget.Kind> = [.phone, .phones]

    package func check(_ target: TransferTarget, for call: CallStart) throws {
        guard !call.hasMadeUpCallID else { throw CallControlError.noCallID(Self.platform) }
        _ = try normalized(target)
    }

    package func hangUp(_ call: CallStart) async throws { tell("hang_up", call) }

    package func transfer(_ call: CallStart, to target: TransferTarget) async throws {
        try check(target, for: call)
        store.keep(try normalized(target), for: call.callID)
        tell("transfer", call)
    }

    private func tell(_ action: String, _ call: CallStart) {
        report(
            CallControlReport(platform: Self.platform, call: call.callID, action: action, outcome: .done, attempts: 0)
        )
    }

    private func normalized(_ target: TransferTarget) throws(CallControlError) -> TransferTarget {
        switch target {
        case .phone(let phone): return .phone(try targets.number(phone))
        case .phones(let phones, let strategy):
            return .phones(try targets.numbers(phones, atMost: Self.maximumNumbers), strategy: strategy)
        case .extension, .flow, .bot, .sip: throw .unsupported(Self.platform, target.kind)
        }
    }
}
