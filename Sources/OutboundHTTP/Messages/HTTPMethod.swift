// SPDX-License-Identifier: Apache-2.0

/// The request methods that calls out of the server use (RFC 9110 §9.3).
package enum HTTPMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}
