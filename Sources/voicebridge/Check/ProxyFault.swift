// SPDX-License-Identifier: Apache-2.0

/// What a proxy does to a request on its way, or what the configuration does not say of it.
enum ProxyFault: Sendable, Equatable {
    /// Only this scheme is taken for the one that was signed.
    case scheme(String)
    /// This is taken off the front of the path.
    case strippedPath(String)
    /// This is left in front of the path, which the route does not have.
    case extraPath(String)
    /// The query does not arrive.
    case droppedQuery
    /// The query arrives otherwise than it was sent.
    case changedQuery
    /// What the server says is missing.
    case dropped(String)
}
