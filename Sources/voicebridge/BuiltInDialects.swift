// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer

/// The dialects that a route can name.
enum BuiltInDialects {
    /// In the order in which people see them.
    static let schemas = BridgeConfiguration.servedDialects
}
