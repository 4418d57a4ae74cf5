// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// Which part of a long list is wanted (`Search.Options`).
package struct CALLRPageRequest: Sendable, Equatable {
    /// Most entries that are asked for at a time.
    package static let maximumQuantity = 100

    /// `offset`: the first entry, from 0.
    package var offset: Int
    /// `quantity`: how many, 1–100.
    package var quantity: Int
    /// `order`, as the platform names it; empty for its own.
    package var order: String

    /// A part of a list; numbers beyond the ranges are brought into them.
    package init(offset: Int = 0, quantity: Int = Self.maximumQuantity, order: String = "") {
        self.offset = max(0, offset)
        self.quantity = min(max(1, quantity), Self.maximumQuantity)
        self.order = order
    }
}

/// A part of a long list (`Search.Results`).
package struct CALLRPage<Item: Sendable>: Sendable {
    /// Its entries that could be read.
    package let items: [Item]
    /// How many there are in all, if the platform says.
    package let total: Int?
    /// What to ask for next; nil behind the last entry.
    package let next: CALLRPageRequest?

    init(_ json: JSONValue, _ request: CALLRPageRequest, read: (JSONValue) -> Item?) {
        let entries = (json["hits"] ?? json["items"])?.elements ?? []
        items = entries.compactMap(read)
        total = (json["total"] ?? json["total_items"])?.text.flatMap { Int($0) }
        let end = request.offset + entries.count
        let hasMore = json["has_more"].map { $0 == .flag(true) } ?? (end < total ?? 0)
        // A part without entries has no next one, whatever it says: nobody would ever come to the end.
        guard hasMore, !entries.isEmpty else {
            next = nil
            return
        }
        next = CALLRPageRequest(offset: end, quantity: request.quantity, order: request.order)
    }
}
