// SPDX-License-Identifier: Apache-2.0

/// What a dialect has been held against.
///
/// None of it is a call of the platform itself: that is the operator's to try.
package enum DialectEvidence: String, Sendable, CaseIterable {
    /// Messages typed from the platform's document, both ways.
    case document
    /// A simulated platform, written apart from the dialect, over whole calls.
    case simulation
    /// The serializers of PyPI's `pipecat-ai`, both ways.
    case pipecat
}
