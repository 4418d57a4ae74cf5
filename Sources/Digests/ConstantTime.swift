// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Comparison whose duration says nothing about where two secrets differ.
package enum ConstantTime {
    /// Whether both are equal.
    ///
    /// The time depends on the length alone. Different lengths are told apart at once, so the *length* of a secret
    /// leaks; where that matters compare two hashes.
    package static func equal(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
        guard first.count == second.count else { return false }
        guard first.count > 0 else { return true }
        return unsafe first.withUnsafeBufferPointer { one in
            unsafe second.withUnsafeBufferPointer { two in
                // CRYPTO_memcmp: 0 is equal, everything else different.
                unsafe CRYPTO_memcmp(one.baseAddress, two.baseAddress, one.count) == 0
            }
        }
    }

    /// Whether both arrays are equal; see ``equal(_:_:)-(Span<UInt8>,_)``.
    package static func equal(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        equal(first.span, second.span)
    }

    /// Whether the UTF-8 of both texts is equal, without Unicode normalisation; see ``equal(_:_:)-(Span<UInt8>,_)``.
    package static func equal(_ first: String, _ second: String) -> Bool {
        equal(first.utf8.span, second.utf8.span)
    }
}
