// SPDX-License-Identifier: Apache-2.0

/// The ten conversations that every platform has to carry.
enum Scene: String, Sendable, CaseIterable {
    /// The bot greets and the caller listens.
    case greeting
    /// The bot says what it hears.
    case echo
    /// The caller stops the bot by speaking.
    case bargeIn = "barge-in"
    /// The bot hears keys one by one.
    case digits
    /// The bot collects a number that ends with #.
    case collect
    /// The bot sends the caller elsewhere; where the platform cannot, it is told so and hangs up.
    case transfer
    /// The bot hangs up behind its last word.
    case hangUp = "hang-up after playout"
    /// The caller leaves while the bot speaks.
    case callerLeaves = "caller leaves"
    /// The platform begins the call twice.
    case secondStart = "second start"
    /// The caller says nothing, and the bot hangs up.
    case silentCaller = "silent caller"
}
