// SPDX-License-Identifier: Apache-2.0

package import OutboundHTTP

/// A request that is ready to be sent, and what is known about sending it twice.
package struct PlannedRequest: Sendable {
    /// The request.
    package var http: HTTPRequest
    /// Whether the platform does the same once and twice, so that a lost answer may be asked for again.
    package var isRepeatable: Bool
    /// The most bytes of the answer's body that are read; a longer answer is as none.
    package var maximumAnswer = PlatformAnswer.maximumBytes

    /// A plan.
    package init(_ http: HTTPRequest, isRepeatable: Bool) {
        self.http = http
        self.isRepeatable = isRepeatable
    }
}
