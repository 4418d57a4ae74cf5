// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel

/// A platform whose calls can be acted on out of band: what a configuration says about it, and how it is made.
struct CallControlKind: Sendable {
    /// Name and options.
    let schema: PartSchema
    /// Makes one from checked options.
    let make: @Sendable (BotOptions, PlatformServices) throws -> any CallControl

    /// Every platform, in the order in which people see them.
    static let all: [CallControlKind] = [
        .twilio, .signalWire, .plivo, .vobiz, .telnyx, .vonage, .digo, .exotel,
    ]
}
