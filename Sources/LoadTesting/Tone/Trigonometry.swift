// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The cosine of an angle in turns of the circle.
func cosine(_ turns: Double) -> Double { cos(2 * .pi * turns) }

/// The sine of an angle in turns of the circle.
func sine(_ turns: Double) -> Double { sin(2 * .pi * turns) }

/// The angle of a point in turns of the circle, −0.5 … 0.5.
func angle(_ x: Float, _ y: Float) -> Float { atan2f(y, x) / (2 * .pi) }

/// A ratio of powers in decibels.
func decibels(ofPower ratio: Double) -> Double { 10 * log10(max(ratio, 1e-12)) }

/// A fraction of a turn without its whole turns, −0.5 … 0.5.
func withoutTurns(_ turns: Double) -> Double { turns - turns.rounded() }
