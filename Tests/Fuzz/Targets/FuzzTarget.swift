// SPDX-License-Identifier: Apache-2.0

/// A parser under attack: takes any bytes, and says what is wrong when a property does not hold.
///
/// A new parser gets a file of its own beside this one, an element in ``all`` and a folder of seeds in `Corpus`.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    /// The name, also that of the folder with its seeds.
    package let name: String
    /// Feeds the input; returns `nil`, or the property that was broken.
    ///
    /// A crash is a finding, too.
    package let run: @Sendable ([UInt8]) -> String?

    /// Makes a target.
    package init(name: String, run: @escaping @Sendable ([UInt8]) -> String?) {
        self.name = name
        self.run = run
    }

    package var description: String { name }

    /// Every target there is.
    package static let all: [FuzzTarget] = [.handshake, .frames, .deflate, .text, .json, .wav, .call, .flow]
}
