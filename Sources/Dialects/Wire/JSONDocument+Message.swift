// SPDX-License-Identifier: Apache-2.0

import CallModel

extension JSONDocument {
    /// The last member of this name that has this kind.
    func member(_ name: String, of place: JSONPlace, being kind: JSONKind, in text: Span<UInt8>) -> JSONPlace? {
        guard let found = member(name, of: place, in: text), self.kind(at: found) == kind else { return nil }
        return found
    }

    /// The text of the last member of this name, if it is a number or a text that is not empty.
    func memberText(_ name: String, of place: JSONPlace, in text: Span<UInt8>) -> String? {
        guard let found = member(name, of: place, in: text), let value = self.text(at: found, in: text) else {
            return nil
        }
        return value.isEmpty ? nil : value
    }

    /// The key of a telephone that a text of one character or a number of one digit names.
    func digit(at place: JSONPlace, in text: Span<UInt8>) -> DTMFDigit? {
        guard let key = self.text(at: place, in: text), key.count == 1 else { return nil }
        return key.first.flatMap(DTMFDigit.init)
    }
}
