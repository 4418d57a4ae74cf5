// SPDX-License-Identifier: Apache-2.0

/// What of the caller's may stop a playback.
public enum InterruptionPolicy: String, Sendable, Hashable, CaseIterable {
    /// Speech and digits stop it.
    case allowed
    /// Digits stop it, speech does not.
    case digitsOnly
    /// Nothing of the caller's stops it; ``Call/flush()`` still does.
    case protected
}
