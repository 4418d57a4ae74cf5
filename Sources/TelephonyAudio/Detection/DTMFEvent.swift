// SPDX-License-Identifier: Apache-2.0

/// What a `DTMFDetector` heard.
///
/// Positions count the samples of its input from the beginning of the stream.
package struct DTMFEvent: Equatable, Sendable {
    /// Which end of a digit this is.
    package enum Edge: Equatable, Sendable {
        /// The digit is certain; it may still be sounding.
        case began
        /// The digit has been silent for as long as separates two digits.
        case ended
    }

    /// The digit.
    package var digit: DTMFKey
    /// Which end of it.
    package var edge: Edge
    /// The number of samples that had been heard when this was known: what a stream's time is reckoned from.
    package var position: Int
    /// The sample at which the tone began (`began`) or fell silent (`ended`), within 2 ms.
    package var toneEdge: Int

    /// An event with all of its parts.
    package init(digit: DTMFKey, edge: Edge, position: Int, toneEdge: Int) {
        self.digit = digit
        self.edge = edge
        self.position = position
        self.toneEdge = toneEdge
    }
}
