// SPDX-License-Identifier: Apache-2.0

internal import CallModel

/// Why a call could not be ended or transferred out of band.
package struct CallControlError: Error, Sendable, Equatable {
    private enum Code: Sendable, Equatable {
        case noCallID
        case unsupported(String)
        case badTarget(String)
        case missingSetting(String)
        case callIsOver
        case failed(PlatformOutcome, attempts: Int)
    }

    private let code: Code
    /// The platform's name.
    package let platform: String

    /// The platform sent no call id, so there is nothing to name the call by.
    static func noCallID(_ platform: String) -> Self { Self(code: .noCallID, platform: platform) }
    /// The platform has no such transfer.
    static func unsupported(_ platform: String, _ kind: TransferTarget.Kind) -> Self {
        Self(code: .unsupported(kind.rawValue), platform: platform)
    }
    /// The target is not of the form its kind asks for.
    static func badTarget(_ platform: String, _ kind: String) -> Self {
        Self(code: .badTarget(kind), platform: platform)
    }
    /// Something has to be configured for this.
    static func missingSetting(_ platform: String, _ name: String) -> Self {
        Self(code: .missingSetting(name), platform: platform)
    }
    /// There is no call left to transfer.
    static func callIsOver(_ platform: String) -> Self { Self(code: .callIsOver, platform: platform) }
    /// The platform did not do it.
    static func failed(_ platform: String, _ outcome: PlatformOutcome, attempts: Int) -> Self {
        Self(code: .failed(outcome, attempts: attempts), platform: platform)
    }

    /// A word of a small set, fit for a metric's label.
    package var shortDescription: String {
        switch code {
        case .noCallID: "no_call_id"
        case .unsupported: "unsupported"
        case .badTarget: "bad_target"
        case .missingSetting: "missing_setting"
        case .callIsOver: "call_is_over"
        case .failed(let outcome, _): outcome.word
        }
    }
}

extension CallControlError: CustomStringConvertible {
    /// What happened and what to do; no number of a caller is told.
    package var description: String {
        switch code {
        case .noCallID: "\(platform) sent no call id, so the call cannot be named to it"
        case .unsupported(let kind): "\(platform) cannot transfer to a target of the kind '\(kind)'"
        case .badTarget(let kind): "the target is no \(kind) that \(platform) can be given"
        case .missingSetting(let name): "\(platform) needs the setting '\(name)' for this"
        case .callIsOver: "the call is over at \(platform); nobody is left to transfer"
        case .failed(let outcome, let attempts): outcome.sentence(platform, attempts: attempts)
        }
    }
}
