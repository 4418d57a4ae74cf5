// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore

extension ToolDescription {
    /// Tools as the value of a session's `tools`.
    static func list(_ tools: [ToolDescription]) -> String {
        var buffer = ByteBuffer()
        buffer.writeStaticString("[")
        for (index, tool) in tools.enumerated() {
            buffer.writeStaticString(index == 0 ? #"{"type":"function","name":"# : #",{"type":"function","name":"#)
            buffer.writeJSONString(tool.name)
            buffer.writeStaticString(#","description":"#)
            buffer.writeJSONString(tool.summary)
            buffer.writeString(",\"parameters\":\(tool.parameters)}")
        }
        buffer.writeStaticString("]")
        return String(buffer: buffer)
    }
}
