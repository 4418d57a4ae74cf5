// SPDX-License-Identifier: Apache-2.0

/// Faults of `listen`, `admin`, `limits`, `logging`, `records`, `webhooks` and `observability`.
enum SectionFaults {
    static let cases: [FaultCase] = [
        FaultCase(
            "unknown section",
            Fixture.with("listn: {port: 1}"),
            "1:1: listn: is not a known key; did you mean `listen`?"
        ),
        FaultCase(
            "unknown key, a near name",
            Fixture.with("listen:\n  prot: 1"),
            "2:3: listen.prot: is not a known key; did you mean `port`?"
        ),
        FaultCase(
            "unknown key, no near name",
            Fixture.with("logging:\n  colour: red"),
            "2:3: logging.colour: is not a known key; known here: level, format"
        ),
        FaultCase(
            "hyphen for underscore",
            Fixture.with("limits: {message-bytes: 1MiB}"),
            "1:10: limits.message-bytes: is not a known key; did you mean `message_bytes`?"
        ),
        FaultCase(
            "section is a value",
            Fixture.with("listen: 8443"),
            "1:9: listen: is not a mapping; write its settings as `key: value` lines below it"
        ),
        FaultCase(
            "port is a word",
            Fixture.with("listen: {port: https}"),
            "1:16: listen.port: `https` is not a whole number; give 0…65535"
        ),
        FaultCase(
            "port is too large",
            Fixture.with("listen:\n  port: 65536"),
            "2:9: listen.port: `65536` is out of range; give 0…65535"
        ),
        FaultCase(
            "port is empty",
            Fixture.with("listen:\n  port:"),
            "2:8: listen.port: is empty; give a whole number, 0…65535, or remove the key"
        ),
        FaultCase(
            "port is a list",
            Fixture.with("listen: {port: [1]}"),
            "1:16: listen.port: is not a single value; give a whole number, 0…65535"
        ),
        FaultCase(
            "host in brackets",
            Fixture.with("listen: {host: \"[::1]\"}"),
            "1:16: listen.host: `[::1]` is no address; give an IPv4 address, an IPv6 address without brackets, "
                + "or a host name"
        ),
        FaultCase(
            "IPv4 address of 256",
            Fixture.with("listen: {host: 10.0.0.256}"),
            "1:16: listen.host: `10.0.0.256` is no address; give an IPv4 address, an IPv6 address without brackets, "
                + "or a host name"
        ),
        FaultCase(
            "no certificate on a public address",
            Fixture.with("listen:\n  host: 0.0.0.0"),
            "2:3: listen.tls: would be a self-signed certificate, which is for loopback only; "
                + "give `certificate` and `key`, or `plain: true` behind a proxy that speaks TLS"
        ),
        FaultCase(
            "certificate without key",
            Fixture.with("listen:\n  tls: {certificate: cert.pem}"),
            "2:8: listen.tls.key: is missing; give the PEM file of the certificate's private key"
        ),
        FaultCase(
            "certificate that is not there",
            Fixture.with("listen:\n  tls: {certificate: crt.pem, key: key.pem}"),
            "2:22: listen.tls.certificate: cannot read the certificate (No such file or directory); "
                + "check the path and who may read it"
        ),
        FaultCase(
            "plain beside a certificate",
            Fixture.with("listen:\n  plain: true\n  tls: {certificate: cert.pem, key: key.pem}"),
            "2:10: listen.plain: cannot be true beside `tls`; remove one of them"
        ),
        FaultCase(
            "client certificates without authorities",
            Fixture.with(
                "listen:\n  tls: {certificate: cert.pem, key: key.pem, client_certificates: optional}"
            ),
            "2:67: listen.tls.client_certificates: needs the authorities whose certificates are good; give `client_ca`"
        ),
        FaultCase(
            "public URL with a query",
            Fixture.with("listen: {public_url: \"wss://bot.example.net/a?b=c\"}"),
            "1:22: listen.public_url: `wss://bot.example.net/a?b=c` is no such URL; "
                + "give wss://host, with a port and a path where needed, without user, query and fragment"
        ),
        FaultCase(
            "public URL that is not encrypted",
            Fixture.with("listen: {public_url: \"ws://bot.example.net\"}"),
            "1:22: listen.public_url: `ws://bot.example.net` is not encrypted, but `listen` is; "
                + "give wss://host, with a port and a path where needed"
        ),
        FaultCase(
            "admin port for everybody",
            Fixture.with("admin: {host: 0.0.0.0}"),
            "1:15: admin.host: would let anybody in, for the admin port asks for nothing; "
                + "use 127.0.0.1 or add `i_know: true`"
        ),
        FaultCase(
            "a voice that is nowhere",
            Fixture.with("admin: {voice: {url: a.example}}"),
            "1:22: admin.voice.url: `a.example` is no URL; write https://HOST/v1 or the like"
        ),
        FaultCase(
            "a voice without a service",
            Fixture.with("admin: {voice: {name: ana}}"),
            "1:16: admin.voice.url: is missing; give the service that says texts, such as https://HOST/v1"
        ),
        FaultCase(
            "one port for both",
            Fixture.with("admin: {port: 8443}"),
            "1:15: admin.port: is the port of `listen` too; give another"
        ),
        FaultCase(
            "time without a unit",
            Fixture.with("limits: {start_timeout: 10}"),
            "1:25: limits.start_timeout: `10` is not a time; write a whole number and ms, s, m or h, such as 250ms, "
                + "within 1s…1m"
        ),
        FaultCase(
            "time out of range",
            Fixture.with("limits: {start_timeout: 2m}"),
            "1:25: limits.start_timeout: `2m` is out of range; give 1s…1m"
        ),
        FaultCase(
            "lag out of range",
            Fixture.with("limits: {lag: 0ms}"),
            "1:15: limits.lag: `0ms` is out of range; give 1ms…10s or off"
        ),
        FaultCase(
            "part out of range",
            Fixture.with("limits: {busy: 101%}"),
            "1:16: limits.busy: `101%` is out of range; give 10%…100% or off"
        ),
        FaultCase(
            "part that is no number",
            Fixture.with("limits: {busy: 0.85}"),
            "1:16: limits.busy: `0.85` is not a whole number of hundredths; give 10%…100% or off"
        ),
        FaultCase(
            "time that may be off",
            Fixture.with("limits: {silence_timeout: never}"),
            "1:27: limits.silence_timeout: `never` is not a time; "
                + "write a whole number and ms, s, m or h, such as 250ms, within 5s…24h or off"
        ),
        FaultCase(
            "size in thousands",
            Fixture.with("limits: {message_bytes: 1MB}"),
            "1:25: limits.message_bytes: `1MB` is not a size; "
                + "write bytes, or a whole number and KiB, MiB or GiB, within 1KiB…64MiB"
        ),
        FaultCase(
            "size out of range",
            Fixture.with("limits: {message_bytes: 1GiB}"),
            "1:25: limits.message_bytes: `1GiB` is out of range; give 1KiB…64MiB"
        ),
        FaultCase(
            "number beyond Int",
            Fixture.with("limits: {calls: 99999999999999999999}"),
            "1:17: limits.calls: `99999999999999999999` is not a whole number; give 1…1000000"
        ),
        FaultCase(
            "word, a near one",
            Fixture.with("logging: {level: warn}"),
            "1:18: logging.level: `warn` is not one of trace, debug, info, notice, warning, error or critical; "
                + "give trace, debug, info, notice, warning, error or critical"
        ),
        FaultCase(
            "records nowhere",
            Fixture.with("records: {path: \"\"}"),
            "1:17: records.path: is empty; give the path of a file, or off, or remove the key"
        ),
        FaultCase(
            "records kept for no day",
            Fixture.with("records: {path: off, keep_days: 0}"),
            "1:33: records.keep_days: `0` is out of range; give 1…36500"
        ),
        FaultCase(
            "endpoints without a spool",
            Fixture.with(
                "webhooks: {endpoints: [{name: a, url: \"https://a.example\", secret: sixteen letters!}]}"
            ),
            "1:23: webhooks.endpoints: need a file in which events wait for them; give `webhooks.spool`"
        ),
        FaultCase(
            "endpoint without anything",
            Fixture.with("webhooks: {spool: s, endpoints: [{}]}"),
            "1:34: webhooks.endpoints[0].name: is missing; give a word under which its events wait, such as crm",
            "1:34: webhooks.endpoints[0].url: is missing; give the https URL to which events are posted",
            "1:34: webhooks.endpoints[0].secret: is missing; give the key with which events are signed"
        ),
        FaultCase(
            "endpoint, wrong in every key",
            Fixture.with(
                """
                webhooks:
                  spool: s
                  backlog: 99
                  endpoints:
                    - {name: a b, url: "http://a.example/x", secret: short, events: [call.end], timeout: 61s}
                    - {name: c, url: "https://u:p@a.example/", secret: sixteen letters!, events: [], maximum_age: 169h}
                    - {name: c, url: "ftp://a.example/", secret: sixteen letters!, algorithm: md5, hook: 1}
                """
            ),
            "3:12: webhooks.backlog: `99` is out of range; give 100…10000000",
            "5:14: webhooks.endpoints[0].name: `a b` is no such word; use letters, digits, `-`, `_` and `.`, up to 64",
            "5:24: webhooks.endpoints[0].url: would tell telephone numbers to whoever listens on the way; "
                + "give https, or add `plain: true`",
            "5:54: webhooks.endpoints[0].secret: is a secret that can be guessed; give at least 16 characters",
            "5:70: webhooks.endpoints[0].events[0]: `call.end` is not one of call.started, call.answered, call.digit, "
                + "call.transfer, call.ended, recording.ready or bot.failed; did you mean `call.ended`?",
            "5:90: webhooks.endpoints[0].timeout: `61s` is out of range; give 100ms…1m",
            "6:22: webhooks.endpoints[1].url: is no such URL; give https://host/path, with port and query where needed, "
                + "without user and fragment",
            "6:82: webhooks.endpoints[1].events: names no event; give some of call.started, call.answered, call.digit, "
                + "call.transfer, call.ended, recording.ready or bot.failed, or remove the key",
            "6:99: webhooks.endpoints[1].maximum_age: `169h` is out of range; give 1m…168h",
            "7:14: webhooks.endpoints[2].name: `c` is the name of another endpoint too; give each its own",
            "7:22: webhooks.endpoints[2].url: is no such URL; give https://host/path, with port and query where needed, "
                + "without user and fragment",
            "7:79: webhooks.endpoints[2].algorithm: `md5` is not one of sha256 or sha512; give sha256 or sha512",
            "7:84: webhooks.endpoints[2].hook: is not a known key; "
                + "known here: name, url, plain, secret, events, algorithm, timeout, maximum_age"
        ),
        FaultCase(
            "traces without a collector",
            Fixture.with("observability: {traces: {}}"),
            "1:25: observability.traces.endpoint: is missing; give the URL of a collector, such as http://127.0.0.1:4318"
        ),
        FaultCase(
            "traces, wrong in every key",
            Fixture.with(
                """
                observability:
                  traces:
                    endpoint: http://otlp.example
                    headers: {Content-Type: a, X-A: b, x-a: c, "a b": d}
                    sample: 1.5
                    service_name: ""
                    protocol: grpc
                """
            ),
            "3:15: observability.traces.endpoint: would tell of calls to whoever listens on the way; "
                + "give https, or add `plain: true`",
            "4:15: observability.traces.headers.Content-Type: is filled in by the exporter; use another header",
            "4:40: observability.traces.headers.x-a: stands there twice; names compare without regard to case",
            "4:48: observability.traces.headers.a b: is no name of a header; use letters, digits and `-`",
            "5:13: observability.traces.sample: `1.5` is out of range; give 0…1",
            "6:19: observability.traces.service_name: is empty; give a name, or remove the key",
            "7:5: observability.traces.protocol: is not a known key; "
                + "known here: endpoint, plain, headers, sample, service_name"
        ),
        FaultCase(
            "traces to a URL with a query, and a share that is none",
            Fixture.with("observability: {traces: {endpoint: \"https://a.example/?k=v\", sample: half}}"),
            "1:36: observability.traces.endpoint: is no such URL; give https://host/path, with port where needed, "
                + "without user, query and fragment",
            "1:70: observability.traces.sample: `half` is not a number; give 0…1, such as 0.1"
        ),
        FaultCase(
            "recording with a key that is none",
            Fixture.with("recording: {folder: a, encryption_key: abc}"),
            "1:40: recording.encryption_key: is no key of 256 bits; give 64 hexadecimal digits, as `openssl rand -hex 32` "
                + "makes them"
        ),
        FaultCase(
            "recording in a format that is none",
            Fixture.with("recording: {folder: a, format: mp3}"),
            "1:32: recording.format: `mp3` is not one of wav or opus; give wav or opus"
        ),
        FaultCase(
            "recording always, nowhere",
            Fixture.with("recording: {when: always}"),
            "1:19: recording.when: needs a place for the files; give `recording.folder`"
        ),
        FaultCase(
            "recording after an announcement that is none",
            Fixture.with("recording: {folder: a, consent: prompt}"),
            "1:33: recording.consent: needs the WAV file that is played; give `consent_prompt`"
        ),
        FaultCase(
            "recording with an announcement that nobody plays",
            Fixture.with("recording: {folder: a, consent: bot, consent_prompt: sorry.wav}"),
            "1:54: recording.consent_prompt: is played only with `consent: prompt`; change that, or remove the file"
        ),
        FaultCase(
            "word, misspelt",
            Fixture.with("logging: {format: jsn}"),
            "1:19: logging.format: `jsn` is not one of auto, text or json; did you mean `json`?"
        ),
    ]
}
