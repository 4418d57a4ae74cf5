// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite("The twin of a service") struct ServiceTwinTests {
    typealias Request = LoopbackHTTPServer.Request

    private static let key = ("Authorization", "Bearer \(ServiceTwin.key)")
    private static let json = ("Content-Type", "application/json")
    private static let chat = Request(
        method: "POST",
        path: "/v1/chat/completions",
        fields: [key, json],
        body: Array(
            (#"{"model":"m","stream":true,"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"#
                + #""tools":[{"type":"function","function":{"name":"t","description":"d","#
                + #""parameters":{"type":"object","properties":{}}}}]}"#).utf8
        )
    )
    private static let speech = Request(
        method: "POST",
        path: "/v1/audio/speech",
        fields: [key, json],
        body: Array(#"{"model":"m","voice":"v","input":"i","response_format":"pcm"}"#.utf8)
    )
    private static let transcription = Request(
        method: "POST",
        path: "/v1/audio/transcriptions",
        fields: [key, ("Content-Type", "multipart/form-data; boundary=B")],
        body: Array(
            ("--B\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"response_format\"\r\n\r\njson\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\nRIFF" + String(repeating: "x", count: 3_300) + "\r\n--B--\r\n").utf8
        )
    )

    @Test("Takes what the reference describes")
    func takes() {
        for request in [Self.chat, Self.speech, Self.transcription] {
            let twin = ServiceTwin { _, _ in .transcript("") }
            #expect(twin.answer(request).status == 200)
            #expect(twin.refusals == [])
        }
    }

    @Test(
        "Refuses what is planted wrong in a request's head",
        arguments: [chat, speech, transcription],
        ["GET", "PUT", "path", "no key", "bare key", "type"]
    )
    func refuses(request: Request, fault: String) {
        var request = request
        switch fault {
        case "path": request.path += "/"
        case "no key": request.fields.removeAll { $0.name == "Authorization" }
        case "bare key": request.fields[0].value = ServiceTwin.key
        case "type": request.fields[1].value = "text/plain"
        default: request.method = fault
        }
        expectRefused(request)
    }

    @Test(
        "Refuses what is planted wrong in a body",
        arguments: [
            (chat, #""model":"m","#, ""), (chat, #""stream":true"#, #""stream":false"#),
            (chat, #""stream":true"#, #""streams":true"#), (chat, #"{"role":"system","content":"s"},"#, ""),
            (chat, #""role":"user""#, #""role":"system""#), (chat, #""role":"user""#, #""role":"caller""#),
            (chat, #""content":"u""#, #""content":"""#), (chat, #""content":"u""#, #""content":7"#),
            (chat, #""name":"t""#, #""name":"a tool""#), (chat, #""type":"function""#, #""type":"tool""#),
            (chat, #""description":"d","#, ""), (chat, "}]}", "}]"),
            (speech, #""input":"i""#, #""input":"""#), (speech, #""voice":"v","#, ""),
            (speech, #""pcm""#, #""raw""#), (speech, #""model":"m""#, #""model":1"#),
            (speech, #""model":"m""#, #""model":"m","language":"en""#),
            (transcription, "name=\"model\"", "name=\"modell\""), (transcription, "json", "text"),
            (transcription, "a.wav", "a.raw"), (transcription, "RIFF", "RAWW"), (transcription, "--B--", "--C--"),
            (transcription, "xxxxxxxxxx", ""),
            (transcription, "name=\"response_format\"\r\n\r\njson", "name=\"model\"\r\n\r\nm"),
        ]
    )
    func refuses(request: Request, text: String, by replacement: String) {
        var request = request
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains(text))
        request.body = Array(body.replacing(text, with: replacement).utf8)
        expectRefused(request)
    }

    private func expectRefused(_ request: Request) {
        let twin = ServiceTwin { _, _ in .transcript("") }
        #expect(twin.answer(request).status == 400)
        #expect(twin.refusals.count == 1)
        #expect(twin.requests.isEmpty)
    }
}
