// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// OpenSSL could not hash or could not deliver random bytes.
package struct DigestError: Error, Equatable, CustomStringConvertible {
    /// The call that failed, one of a fixed few.
    package let operation: String
    /// OpenSSL's packed error number, 0 when it left none.
    package let code: UInt

    init(operation: String) {
        self.operation = operation
        self.code = ERR_get_error()
    }

    package var description: String {
        "OpenSSL's \(operation) failed (error \(code)); check that its default provider is loaded and memory is left"
    }
}
