// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The service that says the texts of operators (`admin.voice`): one with OpenAI's `audio/speech`, or one like it.
package struct AdminVoice: Sendable, Equatable {
    /// `url`: where the interface's paths begin, such as `https://api.openai.com/v1`.
    package var url: String
    /// `key`: what it is shown as `Authorization: Bearer …`.
    ///
    /// None by default.
    package var key: Secret?
    /// `model`: the model's name there.
    ///
    /// Default: the one that bots have.
    package var model: String?
    /// `name`: the voice's name there.
    ///
    /// Default: the one that bots have.
    package var name: String?

    /// A service.
    package init(url: String, key: Secret? = nil, model: String? = nil, name: String? = nil) {
        self.url = url
        self.key = key
        self.model = model
        self.name = name
    }
}
