// SPDX-License-Identifier: Apache-2.0
import OutboundHTTP

extension HTTPResponse {
    /// The wait that is asked for, in milliseconds, at most a day (RFC 9110 §10.2.3); a date is as good as none.
    var retryAfter: Int64? { fields["Retry-After"].flatMap { Int64($0) }.map { max(0, min($0, 86_400)) * 1_000 } }
}
