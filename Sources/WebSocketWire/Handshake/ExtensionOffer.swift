// SPDX-License-Identifier: Apache-2.0

/// One element of `Sec-WebSocket-Extensions` (RFC 6455 §9.1).
package struct ExtensionOffer: Sendable, Equatable {
    /// A parameter; a quoted value has lost its quotes.
    package struct Parameter: Sendable, Equatable {
        /// The name, a token.
        package var name: String
        /// The value, a token, or `nil` when there was none.
        package var value: String?
    }

    /// The extension's name.
    package var name: String
    /// Its parameters, in their order.
    package var parameters: [Parameter]

    /// Reads the list in the fields' `values`, in their order.
    ///
    /// - Returns: The offers, or `nil` when the grammar is broken.
    package static func parse(_ values: [String]) -> [ExtensionOffer]? {
        var offers: [ExtensionOffer] = []
        for value in values {
            var scanner = HeaderScanner(value)
            guard scanner.scanOffers(into: &offers) else { return nil }
        }
        return offers
    }
}
