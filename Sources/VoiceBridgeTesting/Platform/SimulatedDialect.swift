// SPDX-License-Identifier: Apache-2.0

/// A platform that can be played, by the name of its dialect.
public enum SimulatedDialect: String, Sendable, CaseIterable {
    /// IVR Solutions' WSS telephony bridge.
    case ivrSolutions = "ivr-solutions"
}
