// SPDX-License-Identifier: Apache-2.0

import NIOCore

// What the platforms of Twilio's family are told alike, but for the name of the stream's id.
extension ByteBuffer {
    /// Appends `{"event":"clear","NAME":"ID"}`.
    mutating func writeClear(ofStream id: String?, named name: StaticString) throws(DialectError) {
        try writeEvent("clear", ofStream: id, named: name)
        writeStaticString("}")
    }

    /// Appends `{"event":"mark","NAME":"ID","mark":{"name":"…"}}`.
    mutating func writeMark(
        _ mark: String,
        ofStream id: String?,
        named name: StaticString
    ) throws(DialectError) {
        try DialectError.check(mark: mark)
        try writeEvent("mark", ofStream: id, named: name)
        writeStaticString(#","mark":{"name":"#)
        writeJSONString(mark)
        writeStaticString("}}")
    }

    /// Appends `{"event":"EVENT","NAME":"ID"`, to be gone on with.
    mutating func writeEvent(
        _ event: StaticString,
        ofStream id: String?,
        named name: StaticString
    ) throws(DialectError) {
        guard let id else { throw .notStarted }
        writeStaticString(#"{"event":""#)
        writeStaticString(event)
        writeStaticString(#"",""#)
        writeStaticString(name)
        writeStaticString(#"":"#)
        writeJSONString(id)
    }
}
