// SPDX-License-Identifier: Apache-2.0

/// The dialects, by the names that configurations and command lines use.
package enum DialectName: String, Sendable, CaseIterable {
    /// The WSS telephony bridge of IVR Solutions.
    case ivrSolutions = "ivr-solutions"

    /// What the dialect is and which options it takes.
    package var details: DialectDescription {
        switch self {
        case .ivrSolutions: IVRSolutionsDialect.details
        }
    }
}
