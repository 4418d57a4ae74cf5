// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("The effective configuration as text")
struct PrintingTests {
    private func print(_ configuration: BridgeConfiguration) -> String {
        configuration.yaml(
            bots: Fixture.bots,
            dialects: Fixture.dialects,
            receivers: Fixture.receivers,
            callControls: Fixture.callControls
        )
    }

    @Test("every default is filled in, in one order")
    func smallest() throws {
        let expected = """
            listen:
              host: 127.0.0.1
              port: 8443
              tls: self-signed
            admin:
              host: 127.0.0.1
              port: 9090
              i_know: false
              metrics: token
            limits:
              calls: 1000
              calls_per_second: off
              burst: auto
              minutes_per_day: off
              day_begins: 00:00
              per_source:
                calls: off
                calls_per_second: off
                burst: auto
                minutes_per_day: off
              lag: 20ms
              busy: 85%
              connections_per_source: 1000
              handshake_timeout: 10s
              start_timeout: 10s
              message_bytes: 1MiB
              fragments: 1000
              maximum_call_duration: 4h
              silence_timeout: 15m
              drain_deadline: 5m
              retry_after: 5s
              overdue_bot_grace: 2s
              event_loops: auto
            drain:
              hand_over: off
              hand_over_rate: 10
            logging:
              level: info
              format: auto
            records:
              path: off
              keep_days: 90
              keep_calls: 1000000
              digits: masked
              backlog: 10000
            observability:
              metrics: true
              route_labels: true
              traces: off
            webhooks:
              spool: off
              digits: masked
              backlog: 100000
              dead_letters: 10000
            recording:
              folder: off
              format: wav
              buffer: 4s
              keep_days: 30
              keep_bytes: off
            routes:
              - path: /v1/ivr-solutions
                dialect: ivr-solutions
                dialect_options:
                  marks: false
                  audio_out: json
                authentication:
                  bearer: (secret)
                bot: receptionist
                bot_options:
                  greeting: "Hello: $$5 \\"off\\""
                  polite: true
                  attempts: 3
                  patience: 5500ms
                  voice: low
                  words:
                    - "yes"
                    - "no"
                  menu:
                    0: operator
                    1: sales
                executor: pool
                audio:
                  lead: 200ms
                  frame: 20ms
                  start_threshold: 60ms
                  pre_buffer: 2s
                  maximum_queue: 1m
                  detect_dtmf: false
                  doctor: true
                websocket:
                  compression: false
                  subprotocols: []
                  ping_interval: 20s
                  peer_timeout: 30s
                limits:
                  calls: 1000
                  calls_per_second: off
                  burst: auto
                  minutes_per_day: off
                  start_timeout: 10s
                  message_bytes: 1MiB
                  fragments: 1000
                  maximum_call_duration: 4h
                  silence_timeout: 15m
                barge_in:
                  speech: true
                  debounce: 200ms
                  margin: 6
                  confirmation: 500ms
                  echo_guard: true
                  echo_tail: 300ms
                turn:
                  speech_onset: 60ms
                  hang_over: 400ms
                  minimum_wait: 300ms
                  maximum_wait: 2s
                  longest: 1m
                  idle: 10s
                  idle_repeats: 3
                drain: {}
                config_api: false

            """
        #expect(try print(Fixture.load(Fixture.smallest)) == expected)
    }

    /// Files that set everything, in several ways.
    static let files = [
        Fixture.smallest,
        "routes: [{authentication: {none: true}, bot: echo, dialect: exotel}]",
        """
        listen:
          host: "::1"
          port: 0
          tls: {certificate: cert.pem, key: key.pem, client_ca: ca.pem, client_certificates: optional}
          public_url: wss://[2001:db8::1]:8443/a
        admin:
          {host: 0.0.0.0, port: 1, i_know: true, voice: {url: "http://a.example", key: sesame, model: m, name: "7"}}
        limits:
          calls: 7
          lag: off
          busy: off
          connections_per_source: 6
          handshake_timeout: 1500ms
          start_timeout: 9s
          message_bytes: 1500
          fragments: 5
          maximum_call_duration: 90m
          silence_timeout: off
          drain_deadline: 0s
          retry_after: 61s
          overdue_bot_grace: 1ms
          event_loops: 4
        drain: {hand_over: "wss://a.example/b", hand_over_rate: 3, goodbye: sorry.wav}
        logging: {level: trace, format: json}
        records: {path: "off $$x", keep_days: 1, keep_calls: 2, digits: shown, backlog: 3}
        webhooks:
          spool: "off $$x"
          digits: shown
          backlog: 100
          dead_letters: 0
          endpoints:
            - {name: a-b_c.9, url: "https://a.example:8443/x?y=$$z&w=%20", secret: sixteen letters!, events: [bot.failed, call.ended]}
            - {name: b, url: "http://127.0.0.1", secret: seventeen letters, algorithm: sha512, timeout: 100ms, maximum_age: 168h}
            - {name: c, url: "http://a.example/", secret: eighteen-characters, plain: true}
        recording: {folder: calls, format: wav, buffer: 1500ms, keep_days: 2, keep_bytes: 5GiB, consent: bot, pause_for_digits: false}
        routes:
          - path: /
            authentication: {bearer: "(secret text)", headers: {X-Key: v, "x#1": w}, query_token: q, i_know: true}
            dialect_options: {marks: yes}
            executor: event-loop
            audio: {lead: 0s, frame: 200ms, start_threshold: 0ms, pre_buffer: 10s, maximum_queue: 10m}
            websocket: {compression: true, subprotocols: [a.b, c], ping_interval: 1s, peer_timeout: 2s}
            limits: {calls: 1, start_timeout: 60s, message_bytes: 2KiB, fragments: 1, silence_timeout: 5s}
            barge_in: {speech: off, debounce: 0s, margin: 30, confirmation: 0s, echo_guard: false, echo_tail: 2s}
            turn: {speech_onset: 20ms, hang_over: 2s, minimum_wait: 0s, maximum_wait: 30s, longest: 1s, idle: off, idle_repeats: 1}
            drain: {hand_over: off, goodbye: sorry.wav}
            apology: sorry.wav
            config_api: /ask
            bot_options:
              greeting: "${PRICE} ${NOTHING:-tab\\t, line\\n, \\\\, é, 你, 😀, \\x07, null} $$$$"
              script: flow.txt
              api_key: k
              words: ["", "~", "*a", "&b", "- c", "#d", "1", "true", " e ", "f:", "<<", "!g", "${PRICE}"]
              menu: {"": empty, "a b": "c: d", "<<": merged, "*": star, "no": "off"}
            recording: {consent: prompt, consent_prompt: sorry.wav, pause_for_digits: true}
          - authentication: {bearer: x}
            bot: strict
            bot_options: {sales: "+911234567890"}
            recording: {when: never}
        """,
        """
        listen:
          port: 0
          tls: {certificate: cert.pem, key: key.pem, client_ca: ca.pem}
          public_url: wss://a.example
          trusted_proxies: [127.0.0.1, "2001:db8::/32"]
        routes:
          - path: /a
            authentication:
              basic: {user: "a b", password: "p:w"}
              twilio_signature: t
              plivo_signature: p
              genesys_signature: {api_key: k, client_secret: s}
              path_token: {secret: z, lifetime: 1m}
              addresses: [192.0.2.0/24, "::1"]
              client_certificate: ["CN=a, O=b", any]
          - path: /b
            authentication: {client_certificate: any}
        """,
        """
        observability:
          metrics: false
          traces:
            endpoint: https://otlp.example:4318/otlp
            headers: {X-Scope: "s p", Authorization: Bearer t}
            sample: 0.125
            service_name: "calls: $$1"
            plain: true
        routes: [{authentication: {bearer: x}}]
        """,
        """
        limits:
          calls: 50
          calls_per_second: 3
          burst: 4
          minutes_per_day: 100
          day_begins: 18:30
          per_source: {calls: 5, calls_per_second: 1, burst: 2, minutes_per_day: 60}
        tenants:
          - {name: acme, limits: {calls: 10, calls_per_second: 2, burst: 3, minutes_per_day: 9, cpu_percent: 100}}
          - name: b.c
        routes:
          - {path: /a, tenant: acme, authentication: {bearer: x}, limits: {calls_per_second: 1, minutes_per_day: 5}}
          - path: /b
            tenants: {b.c: {basic: {user: u, password: p}}, acme: {bearer: y, query_token: z}}
        """,
    ].map { $0.replacing("(secret text)", with: "t") }

    @Test("what is printed reads back as the same once the secrets are in", arguments: files)
    func roundTrip(_ yaml: String) throws {
        let configuration = try Fixture.load(yaml, environment: ["PRICE": "$5 ${x}"])
        let text = print(configuration)
        #expect(text.contains("(secret)") == configuration.routes.contains { !$0.secrets.isEmpty })
        var parts = text.split(separator: "(secret)", omittingEmptySubsequences: false).map(String.init)
        let headers = configuration.observability.traces?.headers ?? [:]
        let secrets =
            [configuration.admin.voice?.key].compactMap { $0?.reveal() }
            + headers.keys.sorted().compactMap { headers[$0]?.reveal() }
            + configuration.webhooks.endpoints.map { $0.secret.reveal() } + configuration.routes.flatMap(\.secrets)
        #expect(parts.count == secrets.count + 1)
        for (index, secret) in secrets.enumerated() { parts[index] += secret }
        let again = try Fixture.load(parts.joined())
        #expect(again == configuration)
        #expect(print(again) == text)
    }

    @Test("a printed configuration is refused as long as the secrets are hidden")
    func hidden() throws {
        let text = print(try Fixture.load(Fixture.smallest))
        #expect(Fixture.faults(text).map { $0.contains("authentication.bearer: is what a printed") } == [true])
    }
}

extension RouteConfiguration {
    /// Secrets in the order in which they are printed.
    fileprivate var secrets: [String] {
        let authentications = tenants.isEmpty ? [authentication] : tenants.map(\.authentication)
        let credentials = authentications.flatMap(\.credentials).flatMap { credential -> [String] in
            switch credential {
            case .bearer(let secret), .header(_, let secret), .queryToken(let secret), .basic(_, let secret),
                .twilioSignature(let secret), .plivoSignature(let secret), .pathToken(let secret, _):
                [secret.reveal()]
            case .genesysSignature(let apiKey, let clientSecret): [apiKey.reveal(), clientSecret.reveal()]
            case .addresses, .clientCertificate: []
            }
        }
        return credentials + (botOptions.secret("api_key").map { [$0.reveal()] } ?? [])
    }
}
