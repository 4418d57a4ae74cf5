// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

@Suite struct IVRSolutionsConfigurationEndpointTests {
    static let request =
        #"{ "From": "9810000001", "To": "18000000002", "Direction": "inbound", "FlowId": "support", "SessionId": "1790000000.41", "ServerId": "delhi" }"#

    static func endpoint(_ format: AudioFormat = .linear8kHz) throws -> IVRSolutionsConfigurationEndpoint {
        try IVRSolutionsConfigurationEndpoint(
            publicURL: "wss://bot.example.net/v1/ivr-solutions",
            headers: [("Authorization", Secret("Bearer t0ken"))],
            audioFormat: format
        )
    }

    static func answer(_ body: String, method: String = "POST") async throws -> HTTPReply {
        let path = IVRSolutionsConfigurationEndpoint.defaultPath
        return try await endpoint().answer(ReceivedHTTPRequest(method: method, path: path, body: Array(body.utf8)))
    }

    @Test func theDocumentedRequestHasTheDocumentedAnswer() async throws {
        let reply = try await Self.answer(Self.request)
        #expect(reply.status == 200)
        #expect(reply.contentType == "application/json")
        #expect(
            String(decoding: reply.body, as: UTF8.self)
                == #"{"url":"wss://bot.example.net/v1/ivr-solutions","wsHeaders":{"Authorization":"Bearer t0ken"},"audioFormat":{"encoding":"pcm","sampleRate":8000}}"#
        )
    }

    @Test func theDocumentedRequestIsRead() throws {
        let request = try #require(IVRSolutionsConfigurationRequest(body: Array(Self.request.utf8)))
        #expect(request.from == "9810000001")
        #expect(request.to == "18000000002")
        #expect(request.direction == "inbound")
        #expect(request.flowID == "support")
        #expect(request.sessionID == "1790000000.41")
        #expect(request.serverID == "delhi")
    }

    @Test(arguments: [
        (AudioFormat.muLaw8kHz, "ulaw", 8_000), (.aLaw8kHz, "alaw", 8_000), (.linear16kHz, "pcm", 16_000),
    ])
    func theFormatIsNamedAsStartIsRead(format: AudioFormat, name: String, rate: Int) async throws {
        let request = ReceivedHTTPRequest(method: "POST", path: "/", body: Array("{}".utf8))
        let reply = try await Self.endpoint(format).answer(request)
        let body = String(decoding: reply.body, as: UTF8.self)
        #expect(body.hasSuffix(#""audioFormat":{"encoding":"\#(name)","sampleRate":\#(rate)}}"#))
        var call = Reading()
        let start = try call.start(#"{"event":"start","audioFormat":{"encoding":"\#(name)","sampleRate":\#(rate)}}"#)
        #expect(start?.format == format)
    }

    @Test(arguments: ["{}", #"{"From":9810000001,"To":null}"#, #"{"Other":{"a":1}}"#, Self.request])
    func aToleratedBodyIsAnswered(body: String) async throws {
        #expect(try await Self.answer(body).status == 200)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "From=981&To=180", #"{"From":{}}"#, #"{"To":["1"]}"#, #"{"SessionId":true}"#,
    ])
    func aBodyThatIsNotThePlatformsIsABadRequest(body: String) async throws {
        let reply = try await Self.answer(body)
        #expect(reply.status == 400)
        #expect(reply.contentType == "application/json")
        let text = String(decoding: reply.body, as: UTF8.self)
        #expect(text.hasPrefix(#"{"error":{"code":"bad_request","message":""#))
        #expect(!text.contains("t0ken"))
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post"])
    func anotherMethodIsNotAllowed(method: String) async throws {
        let reply = try await Self.answer(Self.request, method: method)
        #expect(reply.status == 405)
        #expect(!String(decoding: reply.body, as: UTF8.self).contains("t0ken"))
    }

    @Test func aLargeBodyIsRefused() async throws {
        let room = IVRSolutionsConfigurationEndpoint.maximumBodyBytes - 2
        #expect(try await Self.answer("{" + String(repeating: " ", count: room) + "}").status == 200)
        #expect(try await Self.answer("{" + String(repeating: " ", count: room + 1) + "}").status == 413)
    }

    @Test(arguments: [
        ("https://bot.example.net/", "X", "y"),
        ("bot.example.net", "X", "y"),
        ("wss://", "X", "y"),
        ("", "X", "y"),
        ("wss://bot example", "X", "y"),
        ("wss://b/", "", "y"),
        ("wss://b/", "X Y", "y"),
        ("wss://b/", "X:", "y"),
        ("wss://b/", "X\r\nZ", "y"), ("wss://b/", "X", "y\r\nZ: 1"), ("wss://b/", "X", "\u{0}"),
    ])
    func whatCouldNotBeSentIsRefused(url: String, name: String, value: String) {
        #expect(throws: DialectError.self) {
            try IVRSolutionsConfigurationEndpoint(publicURL: url, headers: [(name, Secret(value))])
        }
    }

    @Test func aHeaderFieldMayStandOnce() {
        #expect(throws: DialectError.self) {
            try IVRSolutionsConfigurationEndpoint(
                publicURL: "wss://b/",
                headers: [("Authorization", Secret("a")), ("authorization", Secret("b"))]
            )
        }
    }
}
