// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Foundation
import Logging
import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Operations

@Suite("Admin API")
struct AdminAPITests {
    @Test("lists calls and shows one, with numbers masked")
    func looking() async throws {
        try await OperatedServer.run { serving async throws in
            #expect(try await serving.ask(.get, "/v1/calls").text == "{\"calls\":[],\"total\":0}\n")
            try await serving.call { path async throws in
                let list = try await serving.ask(.get, "/v1/calls")
                #expect(list.status == 200)
                #expect(list["total"] == "1")
                #expect(list["calls.0.id"] == "call/1 ü")
                #expect(list["calls.0.route"] == "/v1/ivr-solutions")
                #expect(list["calls.0.bot"] == "test")
                #expect(list["calls.0.from"] == "******0001")
                #expect(list["calls.0.to"] == "*******0002")
                #expect(!list.text.contains("981000"))
                let one = try await serving.ask(.get, path)
                #expect(one.status == 200)
                #expect(one["call.id"] == "call/1 ü")
                #expect(one["queued_ms"] == "0")
                #expect(one["leaving"] == "0")
                let none = try await serving.ask(.get, "/v1/calls?route=/v1/exotel")
                #expect(none.text == "{\"calls\":[],\"total\":1}\n")
                let other = try await serving.ask(.get, "/v1/calls/other")
                #expect(other.status == 404)
                #expect(other["error"] == "unknown_call")
            }
        }
    }

    @Test(
        "a list comes in pages",
        arguments: [("limit=0", 400), ("limit=1001", 400), ("after=x", 400), ("limit=1", 200)]
    )
    func pages(query: String, status: Int) async throws {
        try await OperatedServer.run { serving async throws in
            #expect(try await serving.ask(.get, "/v1/calls?" + query).status == status)
        }
        try await OperatedServer.run { serving async throws in
            try await serving.call(id: "a") { _ async throws in
                try await serving.call(id: "b") { _ async throws in
                    let first = try await serving.ask(.get, "/v1/calls?limit=1")
                    #expect(first["calls.0.id"] == "a")
                    let next = try #require(first["next"])
                    let second = try await serving.ask(.get, "/v1/calls?limit=1&after=" + next)
                    #expect(second["calls.0.id"] == "b")
                    #expect(second["next"] == nil)
                }
            }
        }
    }

    @Test("hangs up, and says that the call is over")
    func hangUp() async throws {
        try await OperatedServer.run { serving async throws in
            let result = try await serving.call { path async throws in
                let answer = try await serving.ask(.post, path + "/hang-up", json: "{\"reason\": \"test\"}")
                #expect(answer.status == 200)
                #expect(answer["outcome"] == "ended")
                #expect(answer["ended_by"] == "server")
                #expect(answer["reason"] == "operator")
                #expect(try await serving.ask(.post, path + "/hang-up").status == 404)
            }
            #expect(result.endedBy == .bot)
            #expect(result.commands.map(\.type).contains("session.hangup"))
        }
    }

    @Test("a platform that cannot hang up says so, and its stream is ended where that is asked for")
    func hangUpOfStream() async throws {
        try await OperatedServer.run { serving async throws in
            try await serving.call(.exotel) { path async throws in
                let refused = try await serving.ask(.post, path + "/hang-up")
                #expect(refused.status == 422)
                #expect(refused["error"] == "unsupported")
                let ended = try await serving.ask(.post, path + "/hang-up", json: "{\"end_stream\": true}")
                #expect(ended.status == 200)
                #expect(ended["outcome"] == "ended")
            }
        }
    }

    @Test("transfers where the platform can, and says where it cannot")
    func transfer() async throws {
        try await OperatedServer.run { serving async throws in
            let result = try await serving.call { path async throws in
                let wrong = try await serving.ask(.post, path + "/transfer", json: "{\"phone\": \"no number\"}")
                #expect(wrong.status == 422)
                #expect(wrong["error"] == "invalid")
                for body in ["{}", "{\"phone\": \"1\", \"flow\": \"2\"}", "{\"fone\": \"1\"}", "[]", "{\"phone\": 1}"] {
                    #expect(try await serving.ask(.post, path + "/transfer", json: body).status == 400)
                }
                let answer = try await serving.ask(.post, path + "/transfer", json: "{\"phone\": \"+911800000001\"}")
                #expect(answer.status == 200)
                #expect(answer["outcome"] == "transferred")
                let again = try await serving.ask(.post, path + "/transfer", json: "{\"phone\": \"+911800000001\"}")
                // The platform may have ended the call by then.
                #expect([404, 409].contains(again.status))
            }
            #expect(result.commands.map(\.type).contains("session.transfer"))
            try await serving.call(.exotel, id: "e") { path async throws in
                let answer = try await serving.ask(.post, path + "/transfer", json: "{\"phone\": \"+911800000001\"}")
                #expect(answer.status == 422)
                #expect(answer["error"] == "unsupported")
            }
        }
    }

    @Test("plays what is sent, waits for its end where asked to, and says what cannot be played")
    func play() async throws {
        let folder = try TemporaryFolder()
        let short = OperatedServer.wav(.milliseconds(200))
        try Data(short).write(to: URL(filePath: folder.path + "/short.wav"))
        try Data("no sound".utf8).write(to: URL(filePath: folder.path + "/text.wav"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/out.wav",
            withDestinationPath: "/etc/hostname"
        )
        try await OperatedServer.run(admin: "token: \(OperatedServer.token), prompts: \(folder.path)") {
            serving async throws in
            let result = try await serving.call { path async throws in
                let queued = try await serving.ask(.post, path + "/play", type: "audio/wav", body: short)
                #expect(queued.status == 202)
                #expect(queued["outcome"] == "queued")
                let played = try await serving.ask(.post, path + "/play?wait=true", json: "{\"file\": \"short.wav\"}")
                #expect(played.status == 200)
                #expect(played["outcome"] == "finished")
                for name in ["none.wav", "text.wav", "out.wav", "../short.wav", ".", ""] {
                    let answer = try await serving.ask(.post, path + "/play", json: "{\"file\": \"\(name)\"}")
                    #expect(answer.status == 422, "\(name)")
                }
                #expect(try await serving.ask(.post, path + "/play", json: "{}").status == 400)
                #expect(try await serving.ask(.post, path + "/play", type: "image/png", body: [65]).status == 415)
                #expect(try await serving.ask(.post, path + "/play", type: "audio/wav", body: [65]).status == 422)
            }
            #expect(result.heard.contains { abs(Int32($0)) > 1_000 })
        }
    }

    @Test("says texts where there is a voice, and says where there is none")
    func speak() async throws {
        let asked = Mutex<[String]>([])
        let voice: AdminSpeech = { text, language in
            asked.withLock { $0.append("\(text) \(language ?? "-")") }
            guard text != "refuse" else { throw WebhookError("the key is sesame") }
            return Prompt(try AudioChunk(wav: OperatedServer.wav(.milliseconds(100))), text: text)
        }
        try await OperatedServer.run(voice: voice) { serving async throws in
            let unknown = try await serving.ask(.post, "/v1/calls/none/play", json: "{\"text\": \"Hello\"}")
            #expect(unknown.status == 404)
            let result = try await serving.call { path async throws in
                let played = try await serving.ask(
                    .post,
                    path + "/play?wait=true",
                    json: "{\"text\": \"Hello\", \"language\": \"en-IN\"}"
                )
                #expect(played.status == 200 && played["outcome"] == "finished")
                let plain = Array("Grüße".utf8)
                #expect(try await serving.ask(.post, path + "/play", type: "text/plain", body: plain).status == 202)
                let failed = try await serving.ask(.post, path + "/play", json: "{\"text\": \"refuse\"}")
                #expect(failed.status == 502 && failed["error"] == "voice_failed")
                #expect(!failed.text.contains("sesame"))
                for text in ["", " … ", String(repeating: "a", count: 2_001)] {
                    #expect(try await serving.ask(.post, path + "/play", json: "{\"text\": \"\(text)\"}").status == 422)
                }
                for body in ["{\"text\": \"a\", \"file\": \"b\"}", "{\"language\": \"en\"}"] {
                    #expect(try await serving.ask(.post, path + "/play", json: body).status == 400)
                }
            }
            #expect(result.heard.contains { abs(Int32($0)) > 1_000 })
            // Nothing is said for a call that is not there, nor what cannot be said.
            #expect(asked.withLock { $0 } == ["Hello en-IN", "Grüße -", "refuse -"])
        }
        try await OperatedServer.run { serving async throws in
            try await serving.call { path async throws in
                let answer = try await serving.ask(.post, path + "/play", json: "{\"text\": \"Hello\"}")
                #expect(answer.status == 422 && answer["error"] == "no_voice")
                #expect(answer["message"]?.contains("admin.voice") == true)
            }
        }
    }

    @Test("takes back what was not heard")
    func flush() async throws {
        let speech = Prompt(try AudioChunk(wav: OperatedServer.wav(.seconds(10))))
        try await OperatedServer.run(bot: OperatedServer.Bot(speech: speech)) { serving async throws in
            try await serving.call { path async throws in
                // The bot's prompt is queued right after it has begun.
                var answer = try await serving.ask(.post, path + "/flush")
                while answer["outcome"] == "nothing" { answer = try await serving.ask(.post, path + "/flush") }
                #expect(answer.status == 200)
                #expect(answer["outcome"] == "flushed")
                #expect(answer["clears"] == "1")
                #expect(try await serving.ask(.post, path + "/flush")["outcome"] == "nothing")
                #expect(try await serving.ask(.get, path)["queued_ms"] == "0")
            }
        }
    }

    @Test("tells calls of one id apart by their route")
    func ambiguous() async throws {
        try await OperatedServer.run { serving async throws in
            try await serving.call(id: "x") { path async throws in
                try await serving.call(.exotel, id: "x") { _ async throws in
                    #expect(try await serving.ask(.get, path).status == 409)
                    #expect(try await serving.ask(.post, path + "/flush").status == 409)
                    #expect(try await serving.ask(.get, path + "?route=/v1/exotel")["call.platform"] == "exotel")
                    #expect(try await serving.ask(.get, path + "?number=1")["call.platform"] == "ivr-solutions")
                }
            }
        }
    }

    @Test("changes the level of the log")
    func logLevel() async throws {
        try await OperatedServer.run { serving async throws in
            #expect(try await serving.ask(.get, "/v1/log-level").text == "{\"level\":\"info\"}\n")
            #expect(try await serving.ask(.put, "/v1/log-level", json: "{\"level\": \"debug\"}").status == 200)
            #expect(serving.level.current == .debug)
            #expect(try await serving.ask(.put, "/v1/log-level", json: "{\"level\": \"loud\"}").status == 422)
            #expect(try await serving.ask(.put, "/v1/log-level", json: "{}").status == 400)
            #expect(serving.level.current == .debug)
        }
    }

    @Test("drains: no new calls, and those that are up go on")
    func drain() async throws {
        try await OperatedServer.run { serving async throws in
            try await serving.call { path async throws in
                #expect(try await serving.ask(.get, "/v1/server")["state"] == "ready")
                let answer = try await serving.ask(.post, "/v1/drain")
                #expect(answer.status == 202)
                #expect(answer["state"] == "draining")
                #expect(answer["calls"] == "1")
                #expect(try await serving.ask(.get, "/readyz", token: nil).status == 503)
                #expect(try await serving.ask(.get, path).status == 200)
            }
        }
    }
}
