// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration

/// A checked configuration, and what its names stand for.
package struct ServerParts: Sendable {
    /// What to serve.
    package var configuration: BridgeConfiguration
    /// The bots that its routes name.
    package var bots: BotCatalogue
    /// The kinds that its receivers name.
    package var receivers: ReceiverCatalogue
    /// The platforms that its routes name for what their wires cannot carry.
    package var callControls: CallControlCatalogue
    /// What records calls' audio: the server's own, whatever is read anew.
    var recorder: (any AudioRecorder)?

    /// Parts of a server.
    package init(
        configuration: BridgeConfiguration,
        bots: BotCatalogue,
        receivers: ReceiverCatalogue = ReceiverCatalogue(),
        callControls: CallControlCatalogue = CallControlCatalogue(),
        recorder: (any AudioRecorder)? = nil
    ) {
        self.configuration = configuration
        self.bots = bots
        self.receivers = receivers
        self.callControls = callControls
        self.recorder = recorder
    }
}
