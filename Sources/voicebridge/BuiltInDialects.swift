// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Dialects

/// The dialects that a route can name.
enum BuiltInDialects {
    /// In the order in which people see them.
    static let schemas: [DialectSchema] = [
        DialectSchema(
            name: "ivr-solutions",
            summary: "IVR Solutions' WSS Telephony Bridge.",
            // The length of a message is `audio.frame` of the route, the same for every dialect.
            options: IVRSolutionsSettings.options.filter { $0.name != "frame_ms" },
            hasConfigAPI: true,
            problem: { options in
                do {
                    _ = try IVRSolutionsSettings(options: options)
                    return nil
                } catch {
                    return "\(error)"
                }
            }
        )
    ]
}
