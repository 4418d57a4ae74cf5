// SPDX-License-Identifier: Apache-2.0

/// How the platform answers a mark that the server put behind its audio.
///
/// All but ``honest`` were seen on real platforms: a mark that comes back does not prove that the audio was heard.
public enum MarkMode: String, Sendable, CaseIterable {
    /// Returns when the audio before it has been played; a mark whose audio was cleared never returns.
    case honest
    /// Never returns.
    case never
    /// As ``honest``, 2 s late.
    case late
    /// Returns the moment it arrives, played or not.
    case echo
    /// As ``honest``, and a clear returns all outstanding marks at once.
    case burst
    /// As ``honest``, each mark twice.
    case duplicate
    /// As ``honest``, under a name that was never asked for.
    case misnamed
}
