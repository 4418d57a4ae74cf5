// SPDX-License-Identifier: Apache-2.0

import Dialects
import Tracing

/// Reads what an upgrade says of the trace that it belongs to.
struct HandshakeExtractor: Extractor {
    /// All fields of a name as one list (RFC 9110 §5.3), so that of two values none is taken for the only one.
    func extract(key: String, from carrier: OpeningHandshake) -> String? {
        let values = carrier.headers(key)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }
}
