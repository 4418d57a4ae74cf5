// SPDX-License-Identifier: Apache-2.0

/// Faults of the entries of `routes`.
enum RouteFaults {
    private static let credential = "give `bearer`, `headers` or `query_token`, or `none: true` on loopback"

    static let cases: [FaultCase] = [
        FaultCase(
            "no routes",
            "listen: {port: 1}",
            "1:1: routes: is missing; give at least one entry with its `authentication`"
        ),
        FaultCase(
            "empty routes",
            "routes: []",
            "1:9: routes: has no entry; give at least one with its `authentication`"
        ),
        FaultCase(
            "routes is a mapping",
            "routes:\n  path: /a",
            "2:3: routes: is not a list; write each entry after `- `"
        ),
        FaultCase(
            "no authentication",
            "routes:\n  - bot: echo",
            "2:5: routes[0].authentication: is missing; \(credential)"
        ),
        FaultCase(
            "authentication that asks for nothing",
            "routes:\n  - authentication: {none: false}",
            "2:21: routes[0].authentication: asks for nothing; \(credential)"
        ),
        FaultCase(
            "open on a public address",
            "listen: {host: 0.0.0.0, plain: true}\nroutes:\n  - authentication: {none: true}",
            "3:28: routes[0].authentication.none: would let anybody reach the bot on this address; "
                + "give a credential or add `i_know: true`"
        ),
        FaultCase(
            "open beside a credential",
            "routes:\n  - authentication: {none: true, bearer: x}",
            "2:28: routes[0].authentication.none: cannot be true beside a credential; remove one of them"
        ),
        FaultCase(
            "token with a space",
            "routes:\n  - authentication: {bearer: hunter2 hunter2}",
            "2:30: routes[0].authentication.bearer: is a secret with spaces or characters that are not ASCII; "
                + "a token has visible ASCII only"
        ),
        FaultCase(
            "token copied from a printed configuration",
            "routes:\n  - authentication: {bearer: (secret)}",
            "2:30: routes[0].authentication.bearer: is what a printed configuration has in place of a secret; "
                + "put the secret in"
        ),
        FaultCase(
            "token from a variable that is not set",
            "routes:\n  - authentication: {bearer: \"${TOKEN}\"}",
            "2:30: routes[0].authentication.bearer: the environment variable `TOKEN` is not set; "
                + "set it or write `${TOKEN:-default}`"
        ),
        FaultCase(
            "token from two sources",
            "routes:\n  - authentication: {bearer: {file: /run/token, environment: TOKEN}}",
            "2:30: routes[0].authentication.bearer: needs one source; "
                + "give one of `file`, `environment` and `credential`"
        ),
        FaultCase(
            "token from a file that is not there",
            "routes:\n  - authentication: {bearer: {file: /run/tokn}}",
            "2:37: routes[0].authentication.bearer.file: cannot read the secret (No such file or directory); "
                + "check the path and who may read it"
        ),
        FaultCase(
            "token from an empty file",
            "routes:\n  - authentication: {bearer: {file: /run/empty}}",
            "2:30: routes[0].authentication.bearer: is an empty secret; give one"
        ),
        FaultCase(
            "token from systemd outside of it",
            "routes:\n  - authentication: {bearer: {credential: token}}",
            "2:43: routes[0].authentication.bearer.credential: systemd gives this process no credentials; "
                + "add `LoadCredential=` to the unit or use `file`"
        ),
        FaultCase(
            "header of the handshake",
            "routes:\n  - authentication:\n      headers: {Host: x}",
            "3:17: routes[0].authentication.headers.Host: belongs to the handshake and cannot carry a secret; "
                + "use another header"
        ),
        FaultCase(
            "header twice but for case",
            "routes:\n  - authentication:\n      headers: {X-Key: a, x-key: b}",
            "3:27: routes[0].authentication.headers.x-key: is demanded twice; "
                + "names compare without regard to case, and `bearer` is Authorization"
        ),
        FaultCase(
            "header that is no name",
            "routes:\n  - authentication:\n      headers: {\"X Key\": a}",
            "3:17: routes[0].authentication.headers.X Key: is no name of a header; use letters, digits and `-`"
        ),
        FaultCase(
            "basic beside bearer",
            "routes:\n  - authentication: {bearer: x, basic: {user: a, password: b}}",
            "2:40: routes[0].authentication.basic: is Authorization, as `bearer` is; remove one of them"
        ),
        FaultCase(
            "basic with a colon in its user",
            "routes:\n  - authentication: {basic: {user: \"a:b\", password: b}}",
            "2:36: routes[0].authentication.basic.user: has a colon or a control character, which no user of Basic has; "
                + "choose another"
        ),
        FaultCase(
            "signature without a public URL",
            "routes:\n  - authentication: {twilio_signature: x}",
            "2:40: routes[0].authentication.twilio_signature: is checked against the URL that the platform was given; "
                + "give `listen.public_url`"
        ),
        FaultCase(
            "address that is no range",
            "routes:\n  - authentication: {addresses: [192.0.2.1/24]}",
            "2:34: routes[0].authentication.addresses[0]: `192.0.2.1/24` is no range of addresses; "
                + "give an address or a range such as 192.0.2.0/24, without bits behind the prefix"
        ),
        FaultCase(
            "no address",
            "routes:\n  - authentication: {addresses: []}",
            "2:33: routes[0].authentication.addresses: names no address; give ranges such as 192.0.2.0/24"
        ),
        FaultCase(
            "client certificate that nobody is asked for",
            "routes:\n  - authentication: {client_certificate: any}",
            "2:42: routes[0].authentication.client_certificate: needs clients to be asked for a certificate; "
                + "give `listen.tls.client_ca`"
        ),
        FaultCase(
            "CONFIG_API beside a token in the path",
            "routes:\n  - authentication: {path_token: {secret: x}}\n    config_api: true",
            "3:17: routes[0].config_api: cannot be asked for beside `path_token`; remove one of them"
        ),
        FaultCase(
            "path without a slash",
            Fixture.route("path: v1/a"),
            "3:11: routes[0].path: `v1/a` does not begin with `/`; write the whole path"
        ),
        FaultCase(
            "path with a query",
            Fixture.route("path: \"/v1/a?b\""),
            "3:11: routes[0].path: `/v1/a?b` has a query or a fragment; take it out"
        ),
        FaultCase(
            "path with a slash at its end",
            Fixture.route("path: /v1/"),
            "3:11: routes[0].path: `/v1/` has an empty or dotted segment; write each segment out, without `/` at the end"
        ),
        FaultCase(
            "path twice",
            Fixture.smallest + "  - {path: /v1/ivr-solutions, authentication: {bearer: x}}",
            "3:12: routes[1].path: is taken by routes[0]; give another path"
        ),
        FaultCase(
            "path of another's CONFIG_API",
            "listen: {public_url: \"wss://a.example\"}\n" + Fixture.smallest
                + "  - {path: /v1/ivr-solutions/config, authentication: {bearer: x}}",
            "4:12: routes[1].path: is taken by routes[0]; give another path"
        ),
        FaultCase(
            "CONFIG_API without a public URL",
            Fixture.route("config_api: true"),
            "3:17: routes[0].config_api: needs the URL to answer with; give `listen.public_url`"
        ),
        FaultCase(
            "CONFIG_API of a dialect that has none",
            Fixture.route("dialect: exotel\nconfig_api: true"),
            "4:17: routes[0].config_api: has no meaning for the dialect exotel, which does not ask; remove the key"
        ),
        FaultCase(
            "unknown dialect",
            Fixture.route("dialect: ivr_solutions"),
            "3:14: routes[0].dialect: `ivr_solutions` is not one of ivr-solutions or exotel; "
                + "did you mean `ivr-solutions`?"
        ),
        FaultCase(
            "unknown bot",
            Fixture.route("bot: ehco"),
            "3:10: routes[0].bot: `ehco` is not one of receptionist, echo or strict; did you mean `echo`?"
        ),
        FaultCase(
            "bot option, unknown",
            Fixture.route("bot_options: {greting: hi}"),
            "3:19: routes[0].bot_options.greting: is not a known key; did you mean `greeting`?"
        ),
        FaultCase(
            "bot without options",
            Fixture.route("bot: echo\nbot_options: {loud: true}"),
            "4:19: routes[0].bot_options.loud: is not known; the bot echo has no options"
        ),
        FaultCase(
            "bot option that is required",
            Fixture.route("bot: strict\nbot_options: {}"),
            "4:18: routes[0].bot_options.sales: is missing; the bot strict needs it: The number of sales."
        ),
        FaultCase(
            "bot option that is required, and no options",
            Fixture.route("bot: strict"),
            "2:5: routes[0].bot_options.sales: is missing; the bot strict needs it: The number of sales."
        ),
        FaultCase(
            "bot options of every kind",
            Fixture.route(
                "bot_options:\n  script: nowhere.txt\n  polite: perhaps\n  attempts: 10\n  patience: 0s\n"
                    + "  voice: mid\n  words: yes\n  menu: [a]"
            ),
            "4:15: routes[0].bot_options.script: cannot read a file (No such file or directory); "
                + "check the path and who may read it",
            "5:15: routes[0].bot_options.polite: `perhaps` is neither true nor false; write one of them",
            "6:17: routes[0].bot_options.attempts: `10` is out of range; give 1…9",
            "7:17: routes[0].bot_options.patience: `0s` is out of range; give 1s…1m",
            "8:14: routes[0].bot_options.voice: `mid` is not one of low or high; give low or high",
            "9:14: routes[0].bot_options.words: is not a list; write each entry after `- `",
            "10:13: routes[0].bot_options.menu: is not a mapping; write its settings as `key: value` lines below it"
        ),
        FaultCase(
            "dialect options that do not go together",
            Fixture.route("dialect_options: {marks: true, audio_out: binary}"),
            "3:22: routes[0].dialect_options: marks and binary audio do not go together; choose one"
        ),
        FaultCase(
            "frame of 30 ms",
            Fixture.route("audio: {frame: 30ms}"),
            "3:20: routes[0].audio.frame: is no multiple of 20ms; give 20ms, 40ms and so on up to 200ms"
        ),
        FaultCase(
            "peer timeout shorter than the ping interval",
            Fixture.route("websocket: {ping_interval: 45s}"),
            "3:16: routes[0].websocket.peer_timeout: 30s is not longer than `ping_interval` (45s), "
                + "so no pong could be in time; raise it"
        ),
        FaultCase(
            "subprotocols",
            Fixture.route("websocket: {subprotocols: [a b, c, c]}"),
            "3:32: routes[0].websocket.subprotocols[0]: is no name of a subprotocol; use letters, digits, `-` and `.`",
            "3:40: routes[0].websocket.subprotocols[2]: is there already; remove it"
        ),
        FaultCase(
            "more calls than the server",
            Fixture.route("limits: {calls: 1001}"),
            "3:21: routes[0].limits.calls: is more than the server takes; "
                + "raise `limits.calls` or lower this"
        ),
        FaultCase(
            "executor",
            Fixture.route("executor: event_loop"),
            "3:15: routes[0].executor: `event_loop` is not one of pool or event-loop; did you mean `event-loop`?"
        ),
        FaultCase(
            "apology that is not there",
            Fixture.route("apology: sory.wav"),
            "3:14: routes[0].apology: cannot read the WAV file of the apology (No such file or directory); "
                + "check the path and who may read it"
        ),
    ]
}
