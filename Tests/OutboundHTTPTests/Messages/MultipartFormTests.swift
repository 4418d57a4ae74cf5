// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Testing

@Suite("multipart/form-data") struct MultipartFormTests {
    @Test("Fields and files, as RFC 7578 writes them")
    func form() {
        var form = MultipartForm(boundary: "XyZ")
        form.append("model", "one")
        form.append("file", fileName: "a\"b.wav", contentType: "audio/wav", [82, 73])
        let expected =
            "--XyZ\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\none\r\n--XyZ\r\nContent-Disposition: form-data; "
            + "name=\"file\"; filename=\"a%22b.wav\"\r\nContent-Type: audio/wav\r\n\r\nRI\r\n--XyZ--\r\n"
        #expect(String(decoding: form.body, as: UTF8.self) == expected)
        #expect(form.contentType == "multipart/form-data; boundary=XyZ")
    }

    @Test("Each form has a boundary of its own")
    func boundary() {
        #expect(MultipartForm().contentType != MultipartForm().contentType)
    }
}
