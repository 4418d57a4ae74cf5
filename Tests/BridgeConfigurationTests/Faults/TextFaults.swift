// SPDX-License-Identifier: Apache-2.0

/// Faults of the text before any setting is looked at.
enum TextFaults {
    private static let empty = "1:1: the file is empty; give it at least one entry under `routes`"
    private static let check = "check the indentation, the quotes and the colons of this line and the one above"

    static let cases: [FaultCase] = [
        FaultCase("nothing", "", empty),
        FaultCase("only a comment", "# routes: none yet\n", empty),
        FaultCase("null", "---\n~\n", empty),
        FaultCase("a list", "- a\n", "1:1: is not a mapping; write its settings as `key: value` lines below it"),
        FaultCase("a word", "routes\n", "1:1: is not a mapping; write its settings as `key: value` lines below it"),
        FaultCase("tab", "listen:\n\tport: 1\n", "2:1: a tab cannot indent YAML; use spaces"),
        FaultCase(
            "colon in a value",
            "listen:\n  host: a: b\n",
            "2:10: is not YAML (mapping values are not allowed in this context); \(check)"
        ),
        FaultCase(
            "quote that is not closed",
            "listen: {host: \"a}\n",
            "2:1: is not YAML (found unexpected end of stream); \(check)"
        ),
        FaultCase(
            "control character",
            "listen:\n  host: \u{1}\n",
            "2:9: has a character that YAML does not allow; take it out"
        ),
        FaultCase(
            "two documents",
            Fixture.smallest + "---\n" + Fixture.smallest,
            "3:1: a second document begins here; keep one document in the file"
        ),
        FaultCase(
            "key twice",
            "routes:\n  - authentication: {bearer: a}\n    bot: echo\n    bot: echo\n",
            "4:5: routes[0].bot: is given already at line 3; keep one of them"
        ),
        FaultCase(
            "keys twice and thrice, quoted or not, in several places",
            Fixture.with("listen: {port: 1, \"port\": 2, port: 3}\nadmin:\n  port: 4\n  'port': 5"),
            "1:19: listen.port: is given already at line 1; keep one of them",
            "1:30: listen.port: is given already at line 1; keep one of them",
            "4:3: admin.port: is given already at line 3; keep one of them"
        ),
        FaultCase(
            "key twice that is written with an escape",
            Fixture.with("listen: {\"p\\x6frt\": 1, port: 2}"),
            "1:10: the key `port` is given twice; keep one of them"
        ),
        FaultCase(
            "key that is a list",
            Fixture.with("listen: {[a]: 1}"),
            "1:10: listen: has a key that is not a text; write one"
        ),
        FaultCase(
            "alias to nothing",
            Fixture.with("listen: {host: *nobody}"),
            "1:16: listen.host: is an alias without an anchor above it; "
                + "write `&name` there or put quotes around the text"
        ),
        FaultCase(
            "star before a text",
            Fixture.with("listen: {host: *a b}"),
            "1:16: listen.host: begins with `*` but is no alias; put quotes around the text"
        ),
        FaultCase(
            "merge of a value",
            Fixture.with("listen: {<<: 5}"),
            "1:14: listen.<<: is not a mapping; give `<<` an alias to one"
        ),
        FaultCase(
            "dollar sign alone",
            Fixture.with("listen: {host: $HOST}"),
            "1:16: listen.host: has a `$` that names no variable; write `${NAME}`, or `$$` for a dollar sign"
        ),
        FaultCase(
            "brace that is not closed",
            Fixture.with("listen: {host: \"${HOST\"}"),
            "1:16: listen.host: has a `${` without `}`; close it, or write `$${` for the two characters"
        ),
        FaultCase(
            "brace without a name",
            Fixture.with("listen: {host: \"${2}\"}"),
            "1:16: listen.host: has a `${…}` that names no variable; "
                + "a name is letters, digits and `_`, optionally `:-` and a default"
        ),
        FaultCase(
            "a variable's value is not shown",
            Fixture.with("listen: {port: \"${PORT}\"}"),
            "1:16: listen.port: `${PORT}` is not a whole number; give 0…65535",
            environment: ["PORT": "hunter2"]
        ),
        FaultCase(
            "private use characters",
            "listen: {host: \u{E000}}",
            "1:1: holds characters of Unicode's private use area; take them out"
        ),
    ]
}
