// SPDX-License-Identifier: Apache-2.0

/// The caller began or ceased to speak.
///
/// Positions count the samples of the stream from its beginning.
package struct SpeechEvent: Equatable, Sendable {
    /// Which end of a stretch of speech this is.
    package enum Edge: Equatable, Sendable {
        /// Speech has lasted for the onset.
        case started
        /// Silence has lasted for the hang-over.
        case ended
    }

    /// Which end this is.
    package var edge: Edge
    /// The number of samples that had been heard when this was known.
    package var position: Int
    /// Where the speech began, or ended, to 20 ms.
    package var boundary: Int

    /// An event with all of its parts.
    package init(edge: Edge, position: Int, boundary: Int) {
        self.edge = edge
        self.position = position
        self.boundary = boundary
    }
}
