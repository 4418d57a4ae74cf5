// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel

/// A kind of receiver as this program has it: what a configuration says about it, and how one is made.
///
/// A kind is a file of its own with an extension of this type, and a line in ``all``.
struct ReceiverKind: Sendable {
    /// Name and options.
    let schema: PartSchema
    /// Makes one from checked options.
    let make: @Sendable (BotOptions, PlatformServices) throws -> any HTTPReceiver

    /// Every kind, in the order in which people see them.
    static let all: [ReceiverKind] = [
        .exotelTransfer,
        .plivoTransfer,
        .ivrSolutionsCallbacks,
        .digoMasking,
        .digoDeliveryReports,
        .callr,
        .callrWebhooks,
    ]
}
