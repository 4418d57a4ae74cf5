// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The way from a bot to its call: implemented beside the call's event loop, called from any thread.
package protocol CallPort: AnyObject, Sendable {
    /// Hands a request to the call. Requests are carried out in the order of submission; after the call's end they are dropped.
    func submit(_ request: BotRequest)
    /// The monotonic clock that the call is timed by.
    var now: CallInstant { get }
}
