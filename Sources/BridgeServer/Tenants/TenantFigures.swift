// SPDX-License-Identifier: Apache-2.0

/// What one tenant has of the server.
struct TenantFigures: Sendable, Equatable {
    /// Its name.
    var name: String
    /// Its calls that are up.
    var calls: Int
    /// What its calls lasted together today, in whole seconds.
    var secondsToday: Int
}
