// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration

/// The platforms that a route's call control can name.
enum BuiltInCallControls {
    /// Their names and options.
    static let schemas: [PartSchema] = []
}
