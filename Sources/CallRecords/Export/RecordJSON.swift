// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore

/// A record as one JSON object (RFC 8259) on one line, with every column in its order.
package enum RecordJSON {
    /// One record, without a line's end.
    package static func object(_ record: CallRecord) -> String {
        var buffer = ByteBuffer()
        buffer.writeString("{")
        for (index, column) in RecordColumn.all.enumerated() {
            if index > 0 { buffer.writeString(",") }
            buffer.writeJSONString(column.name)
            buffer.writeString(":")
            switch record.values[index] {
            case .none: buffer.writeString("null")
            case .integer, .flag, .list: buffer.writeString(record.values[index].text)
            case .text(let text): buffer.writeJSONString(text)
            }
        }
        buffer.writeString("}")
        return String(buffer: buffer)
    }
}
