// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Looks fields of one message up by all the names they may have: inside of its nested object first, then beside it.
struct MessageFields: ~Copyable {
    /// The objects to look into, in order.
    let scopes: [JSONPlace]

    /// The message's nested object, if it has one, and the message itself.
    init(nested: JSONPlace?, root: JSONPlace) {
        scopes = nested.map { [$0, root] } ?? [root]
    }

    /// The first field of one of these names (in snake_case; camelCase is found too) that `isWanted` takes.
    func first(
        _ names: [String],
        of document: JSONDocument,
        in text: Span<UInt8>,
        where isWanted: (JSONKind) -> Bool
    ) -> JSONPlace? {
        for scope in scopes {
            for name in names {
                if let place = document.field(name, of: scope, in: text), isWanted(document.kind(at: place)) {
                    return place
                }
            }
        }
        return nil
    }

    /// The first field of one of these names that is a number or a text that is not empty, as text.
    func text(_ names: String..., of document: JSONDocument, in text: Span<UInt8>) -> String? {
        for scope in scopes {
            for name in names {
                if let place = document.field(name, of: scope, in: text),
                    let found = document.text(at: place, in: text), !found.isEmpty
                {
                    return found
                }
            }
        }
        return nil
    }
}
