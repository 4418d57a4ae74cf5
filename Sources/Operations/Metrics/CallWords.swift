// SPDX-License-Identifier: Apache-2.0

/// The words of each label of calls, each with a bound of its own, so that no label takes another's room.
///
/// Routes and bots are of the configuration; 200 of them keep what is counted for each within
/// ``PrometheusMetrics/maximumSeries``.
struct CallWords: Sendable {
    /// Paths of routes.
    let routes = BoundedWords(limit: 200)
    /// Names of bots.
    let bots = BoundedWords(limit: 64)
    /// Why calls ended.
    let reasons = BoundedWords(limit: 64)
    /// What was wrong with callers' audio.
    let faults = BoundedWords(limit: 32)
    /// Platforms that tell something beside the socket.
    let platforms = BoundedWords(limit: 32)
}
