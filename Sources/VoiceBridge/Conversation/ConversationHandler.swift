// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// A bot: the code that talks on one call.
///
/// One value may serve any number of calls at once, each in a task of its own.
public protocol ConversationHandler: Sendable {
    /// What the bot hears and speaks. Default: 16-bit linear PCM, 16 kHz, mono.
    ///
    /// The server converts between this and the platform's format in both directions.
    var audioFormat: AudioFormat { get }

    /// Runs one call.
    ///
    /// Return: the call is hung up once everything said has been heard. Throw: the failure is recorded, the caller hears
    /// the route's apology, if it has one, and the call ends. When the caller leaves, the task is cancelled and everything
    /// it awaits on `call` throws ``CallError``; it then has 2 s to return.
    func converse(on call: Call) async throws
}

extension ConversationHandler {
    /// 16-bit linear PCM, 16 kHz, mono.
    public var audioFormat: AudioFormat { .linear16kHz }
}
