// SPDX-License-Identifier: Apache-2.0

/// A sampling rate that the audio core works at.
///
/// Conventions of this module: a *sample* is one signed 16-bit linear PCM value of one channel, full scale is
/// −32768…32767; all streams are mono; a *frame* is a fixed number of samples, 20 ms unless stated; a *rate* is in
/// hertz; levels are in dBFS (0 dBFS RMS is a full-scale square wave) unless a unit stands beside them. Nothing here
/// does I/O, reads a clock, or allocates once set up.
package enum SampleRate: Int, CaseIterable, Sendable {
    /// Narrowband telephony.
    case hz8000 = 8000
    /// Wideband telephony; what most speech recognisers hear.
    case hz16000 = 16000
    /// What most speech synthesisers and realtime models speak.
    case hz24000 = 24000
    /// Compact disc; files.
    case hz44100 = 44100
    /// Full band; files and WebRTC.
    case hz48000 = 48000

    /// Samples in 20 ms: 160, 320, 480, 882 or 960.
    package var samplesPer20Milliseconds: Int { rawValue / 50 }
}
