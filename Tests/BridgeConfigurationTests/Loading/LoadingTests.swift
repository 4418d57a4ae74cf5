// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("What a file says")
struct LoadingTests {
    @Test("certificate, clients, addresses")
    func listen() throws {
        let yaml = """
            listen:
              host: "::"
              port: 443
              tls: {certificate: cert.pem, key: key.pem, client_ca: ca.pem}
              public_url: WSS://bot.example.net:8443/telephony/
            admin:
              {host: 10.0.0.1, port: 0, i_know: true, voice: {url: "https://a.example/v1", key: sesame, name: ana}}
            """
        let configuration = try Fixture.load(Fixture.with(yaml))
        #expect(configuration.listen.host.isEveryAddress)
        #expect(
            configuration.listen.security
                == .certificate(
                    CertificateFiles(
                        certificate: "cert.pem",
                        key: "key.pem",
                        clientAuthorities: "ca.pem",
                        clientCertificates: .required
                    )
                )
        )
        #expect(configuration.listen.publicURL == "wss://bot.example.net:8443/telephony")
        #expect(configuration.admin.port == 0)
        let voice = AdminVoice(url: "https://a.example/v1", key: Secret("sesame"), name: "ana")
        #expect(configuration.admin.voice == voice)
        #expect(configuration.routes[0].configAPIPath == "/v1/ivr-solutions/config")
    }

    @Test("CONFIG_API: path, off", arguments: [("/ask", "/ask"), ("true", "/v1/ivr-solutions/config"), ("false", nil)])
    func configAPI(_ written: String, _ path: String?) throws {
        let url = "listen: {public_url: \"wss://a.example\"}\n"
        let route = try Fixture.load(url + Fixture.route("config_api: \(written)")).routes[0]
        #expect(route.configAPIPath == path)
    }

    @Test("credentials in one order, from every source")
    func credentials() throws {
        let yaml = """
            routes:
              - authentication:
                  query_token: {environment: QUERY}
                  headers:
                    X-Second: "two words"
                    x-first: {credential: token}
                  bearer: {file: /run/token}
            """
        let environment = ["QUERY": "q", "CREDENTIALS_DIRECTORY": "/run/credentials/voicebridge"]
        let configuration = try Fixture.load(yaml, environment: environment)
        #expect(
            configuration.routes[0].authentication.credentials == [
                .bearer(Secret("from-a-file")),
                .header(name: "x-first", value: Secret("from-systemd")),
                .header(name: "X-Second", value: Secret("two words")),
                .queryToken(Secret("q")),
            ]
        )
    }

    @Test("an open route on loopback, and elsewhere when asked for twice")
    func open() throws {
        let local = try Fixture.load("routes: [{authentication: {none: true}}]")
        #expect(local.routes[0].authentication.isOpen)
        let remote = "listen: {host: 0.0.0.0, plain: true}\nroutes: [{authentication: {none: true, i_know: true}}]"
        #expect(try Fixture.load(remote).routes[0].authentication.isOpen)
    }

    @Test("options of every kind")
    func options() throws {
        let yaml = Fixture.route(
            """
            bot_options:
              greeting: ""
              script: flow.txt
              polite: no
              attempts: 9
              patience: 1m
              voice: high
              api_key: k3y
              words: [a, "", 5]
              menu: {1: one, "2": "null"}
            """
        )
        let options = try Fixture.load(yaml).routes[0].botOptions
        #expect(options.text("greeting") == "")
        #expect(options.text("script") == "flow.txt")
        #expect(options["polite"] == .flag(false))
        #expect(options.integer("attempts") == 9)
        #expect(options.duration("patience") == .seconds(60))
        #expect(options.text("voice") == "high")
        #expect(options.secret("api_key") == Secret("k3y"))
        #expect(options.list("words") == ["a", "", "5"])
        #expect(options.map("menu") == ["1": "one", "2": "null"])
    }

    @Test("anchors, aliases and merged mappings; keys written beside a merge win")
    func anchors() throws {
        let yaml = """
            x-common: &common
              authentication: &auth {bearer: t0ken}
              audio: {lead: 100ms}
            x-slow: &slow {audio: {lead: 400ms}, executor: event-loop}
            routes:
              - {<<: *common, path: /a}
              - <<: [*slow, *common]
                path: /b
              - path: /c
                authentication: *auth
                bot_options: {greeting: "* is a star, *auth is text"}
            """
        let routes = try Fixture.load(yaml).routes
        #expect(routes.map(\.path) == ["/a", "/b", "/c"])
        #expect(routes.map(\.audio.lead) == [.milliseconds(100), .milliseconds(400), .milliseconds(200)])
        #expect(routes.map(\.executor) == [.pool, .eventLoop, .pool])
        #expect(routes.allSatisfy { $0.authentication.credentials == [.bearer(Secret("t0ken"))] })
        #expect(routes[2].botOptions.text("greeting") == "* is a star, *auth is text")
    }

    @Test("an anchor given twice: an alias means the one above it")
    func shadowedAnchors() throws {
        let yaml = """
            x-a: &port 1
            listen: {port: *port}
            x-b: &port 2
            admin: {port: *port}
            """
        let configuration = try Fixture.load(Fixture.with(yaml))
        #expect(configuration.listen.port == 1)
        #expect(configuration.admin.port == 2)
    }

    @Test("byte order mark and line ends of another system")
    func otherSystems() throws {
        let text = "\u{FEFF}" + Fixture.smallest.split(separator: "\n").joined(separator: "\r\n")
        #expect(try Fixture.load(text) == Fixture.load(Fixture.smallest))
        #expect(Fixture.faults("listen: {}\r\nlimits:\r\n  calls: x\r\n").last?.hasPrefix("3:10: ") == true)
    }
}
