# SPDX-License-Identifier: Apache-2.0
"""The admin API of a served process against its document: every operation is asked well and badly, with calls up, and each real
answer is held against deploy/openapi.yaml by its status, type and body. Faults are planted that must be seen.

    admin_api.py VOICEBRIDGE HOME

Environment: CALLS, how many are up at a time; 50 unless set.
"""

import array
import collections
import concurrent.futures
import copy
import http.client
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

import jsonschema
import openapi_spec_validator
import yaml

from served import Wrong, served

DOCUMENT = pathlib.Path(__file__).resolve().parent.parent.parent / "deploy" / "openapi.yaml"
CALLS = int(os.environ.get("CALLS", "50"))
TOKEN = "0perat0r"
METHODS = ("get", "post", "put", "patch", "delete")
SERVER = """
limits: {{calls: 500, lag: off, busy: off, drain_deadline: 2s}}
listen: {{port: 0, plain: true}}
admin: {{port: 0{admin}}}
tenants: [{{name: acme}}]
routes:
  - {{bot: echo, authentication: {{none: true}}}}
  - {{path: /v1/exotel, dialect: exotel, bot: echo, tenant: acme, authentication: {{none: true}}}}
"""
# What a small check does not bring about: an event loop that stands still, a platform's own refusal, two calls of one id or one
# that is just leaving; the unit tests have them.
UNSEEN = {
    ("GET", "/v1/calls/{id}", 409), ("POST", "/v1/calls/{id}/flush", 409), ("POST", "/v1/calls/{id}/play", 409),
    ("POST", "/v1/calls/{id}/hang-up", 409), ("POST", "/v1/calls/{id}/transfer", 409),
    ("POST", "/v1/calls/{id}/hang-up", 202), ("POST", "/v1/calls/{id}/transfer", 202), ("POST", "/v1/calls/{id}/transfer", 502)}

Exchange = collections.namedtuple("Exchange", "method path status type body")


class Judge:
    """Holds answers against a document."""

    def __init__(self, document):
        self.document = document
        self.operations = {
            (method.upper(), path): operation
            for path, item in document["paths"].items() for method, operation in item.items() if method in METHODS}

    def resolve(self, node):
        while "$ref" in node:
            found = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def judge(self, exchange):
        """Whether an answer is as the document has it."""
        operation = self.operations.get((exchange.method, exchange.path))
        if not operation:
            raise Wrong(f"{exchange.method} {exchange.path} is not in the document")
        response = operation["responses"].get(str(exchange.status))
        if not response:
            raise Wrong(f"{exchange.method} {exchange.path}: {exchange.status} is not in the document: {exchange.body[:200]}")
        content = self.resolve(response)["content"]
        kind = (exchange.type or "").split(";")[0]
        if kind not in content:
            raise Wrong(f"{exchange.method} {exchange.path} {exchange.status}: '{kind}' is not in the document")
        if kind != "application/json":
            return
        # `components` beside the schema, so that its references are found.
        schema = {**content[kind]["schema"], "components": self.document["components"]}
        try:
            jsonschema.Draft4Validator(schema).validate(json.loads(exchange.body))
        except (jsonschema.ValidationError, ValueError) as error:
            raise Wrong(f"{exchange.method} {exchange.path} {exchange.status}: {str(error).splitlines()[0]}") from error


class Asker:
    """Asks one admin port, and keeps what was asked and answered."""

    def __init__(self, judge, port):
        self.judge, self.port, self.exchanges = judge, port, []

    def ask(self, status, method, template, call=None, query="", body=None, kind=None, token=TOKEN, headers=None):
        """One request, whose answer must have this status, or one of several."""
        path = template if call is None else template.replace("{id}", urllib.parse.quote(call, safe=""))
        fields = dict(headers or {})
        if token is not None:
            fields["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body, kind = json.dumps(body), kind or "application/json"
        if kind:
            fields["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path + query, body=body, headers=fields)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        exchange = Exchange(method, template, answer.status, answer.headers["Content-Type"], text)
        wanted = (status,) if isinstance(status, int) else status
        if answer.status not in wanted:
            raise Wrong(f"{method} {path[:80]}{query}: {answer.status} for {wanted}: {text[:200]}")
        if answer.status == 401 and answer.headers["WWW-Authenticate"] != "Bearer":
            raise Wrong(f"{method} {path[:80]}: 401 without WWW-Authenticate")
        if answer.status in (404, 405) and (method, template) not in self.judge.operations:
            # Of no operation: the form of all refusals.
            exchange = exchange._replace(method="POST", path="/v1/calls/{id}/flush", status=404)
        self.judge.judge(exchange)
        self.exchanges.append(exchange)
        if answer.status >= 400:
            said = json.loads(text) if text.startswith("{") else {"message": text}
            if len(said["message"]) < 8:
                raise Wrong(f"{method} {path[:80]}: says no more than {said}")
        return answer, json.loads(text) if text.startswith("{") else text


def wav(seconds):
    """A WAV file of a tone."""
    samples = array.array("h", [4000 if n % 8 < 4 else -4000 for n in range(int(seconds * 8000))]).tobytes()
    word = lambda value, count=4: value.to_bytes(count, "little")
    head = b"WAVEfmt " + word(16) + word(1, 2) + word(1, 2) + word(8000) + word(16000) + word(2, 2) + word(16, 2)
    return b"RIFF" + word(36 + len(samples)) + head + b"data" + word(len(samples)) + samples


class Voice(http.server.BaseHTTPRequestHandler):
    """A service that says every text as half a second of tone, but for what it refuses."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refused = "refuse" in asked["input"]
        sound = b'{"error": "secret of the service"}' if refused else array.array("h", [3000, -3000] * 6000).tobytes()
        self.send_response(500 if refused else 200)
        self.send_header("Content-Type", "application/json" if refused else "audio/pcm")
        self.send_header("Content-Length", str(len(sound)))
        self.end_headers()
        self.wfile.write(sound)

    def log_message(self, *_):
        """Says nothing."""


class Caller:
    """A call that is up."""

    def __init__(self, program, server, dialect="ivr-solutions"):
        known = {call["id"] for call in calls_of(server)}
        command = [program, "call", f"{server.url}/v1/{dialect}", "--dialect", dialect, "--for", "120", "--json"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 20
        while not (new := {call["id"] for call in calls_of(server)} - known):
            if time.monotonic() > deadline:
                raise Wrong(f"the call did not begin: {self.process.communicate()[1]}")
            time.sleep(0.02)
        self.id = new.pop()

    def end(self):
        """What the platform saw."""
        output, _ = self.process.communicate(timeout=30)
        return json.loads(output)


def calls_of(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/v1/calls?limit=1000", headers={"Authorization": "Bearer " + TOKEN})
    found = json.loads(connection.getresponse().read())["calls"]
    connection.close()
    return found


def check_probes(asker):
    for path in ("/healthz", "/readyz"):
        asker.ask(200, "GET", path, token=None)
    for path in ("/metrics", "/load", "/v1/server", "/v1/log-level", "/v1/calls"):
        asker.ask(200, "GET", path)
        asker.ask(401, "GET", path, token=None)
        asker.ask(403, "GET", path, token="0perat0R")
        asker.ask(403, "GET", path, token=TOKEN + " ")
        asker.ask(413, "GET", path, body=b" " * 70_000)
    for status, query in [(200, "?limit=1"), (400, "?limit=0"), (400, "?limit=1001"), (400, "?limit=x"), (400, "?after=-1"),
                          (400, "?limit=99999999999999999999"), (200, "?route=%2Fnone"), (200, "?limit")]:
        asker.ask((status, 400), "GET", "/v1/calls", query=query)
    asker.ask(404, "GET", "/v1/nothing")
    asker.ask(404, "GET", "/v1/calls/a/b/c")


def check_levels(asker):
    for body in ["", "{", "[]", "7", "null", '{"level": 1}', "{}", '{"level": "debug", "more": 1}', "[" * 60_000, "\ud800".encode(
            "utf-8", "surrogatepass"), '{"level": "\\ud800"}']:
        asker.ask((400, 422), "PUT", "/v1/log-level", body=body, kind="application/json")
    asker.ask(422, "PUT", "/v1/log-level", body={"level": "loud"})
    asker.ask(413, "PUT", "/v1/log-level", body=b" " * 70_000, kind="application/json")
    asker.ask(401, "PUT", "/v1/log-level", body={"level": "trace"}, token=None)
    asker.ask(403, "PUT", "/v1/log-level", body={"level": "trace"}, token="x")
    for level in ("debug", "info"):
        asker.ask(200, "PUT", "/v1/log-level", body={"level": level})
        if asker.ask(200, "GET", "/v1/log-level")[1]["level"] != level:
            raise Wrong("the level of the log did not change")


def check_methods(asker):
    """A path has the methods that the document has, and says so."""
    documented = collections.defaultdict(set)
    for method, path in asker.judge.operations:
        documented[path].add(method)
    for path, methods in documented.items():
        if path in ("/healthz", "/readyz"):
            continue
        for method in {word.upper() for word in METHODS} - methods:
            answer, _ = asker.ask(405, method, path, call="x" if "{id}" in path else None)
            if set(answer.headers["Allow"].split(", ")) != methods:
                raise Wrong(f"{path} allows {answer.headers['Allow']}, and the document has {sorted(methods)}")


def check_strangers(asker):
    """Calls that are not there, by ids of every kind."""
    for path in [path for method, path in asker.judge.operations if "{id}" in path]:
        method = "GET" if path == "/v1/calls/{id}" else "POST"
        for name in ("none", "a/b", "ü \u0000", "%", "x" * 8_000, "..", "'; DROP TABLE calls"):
            body = {"phone": "+911800000001"} if path.endswith("transfer") else {"text": "hello"} if path.endswith("play") else None
            asker.ask(404, method, path, call=name, body=body)
        asker.ask(401, method, path, call="none", token=None)
        asker.ask(403, method, path, call="none", token="x")
        asker.ask(413, method, path, call="none", body=b" " * (9 << 20 if path.endswith("play") else 70_000))


def check_playing(asker, program, server):
    caller = Caller(program, server)
    one = "/v1/calls/{id}"

    def play(status, **how):
        return asker.ask(status, "POST", one + "/play", call=caller.id, **how)[1]

    if asker.ask(200, "GET", one, call=caller.id)[1]["call"]["id"] != caller.id:
        raise Wrong("one call is shown for another")
    asker.ask(200, "GET", one, call=caller.id, query="?number=" + str(calls_of(server)[0]["number"]))
    asker.ask(404, "GET", one, call=caller.id, query="?route=/v1/exotel")
    if asker.ask(200, "POST", one + "/flush", call=caller.id)[1]["outcome"] not in ("nothing", "flushed"):
        raise Wrong("a flush of nothing says otherwise")
    for how in [{"body": wav(0.2), "kind": "audio/wav"}, {"body": {"file": "short.wav"}}, {"body": {"text": "Please wait."}},
                {"body": {"text": "Bitte warten.", "language": "de-DE"}}, {"body": "Hello there.", "kind": "text/plain"}]:
        if play(202, **how)["outcome"] != "queued" or play(200, query="?wait=true", **how)["outcome"] != "finished":
            raise Wrong(f"playing {how} says otherwise")
    if "secret" in play(502, body={"text": "refuse this"})["message"]:
        raise Wrong("what a service says is told to whoever asks")
    for how in [{"body": {}}, {"body": {"file": "short.wav", "text": "both"}}, {"body": {"file": "a.wav", "language": "en"}},
                {"body": {"text": 7}}, {"body": {"words": "x"}}, {"body": b"\xff\xfe", "kind": "text/plain"},
                {"body": "{", "kind": "application/json"}]:
        play(400, **how)
    for how in [{"body": {"file": "none.wav"}}, {"body": {"file": "../short.wav"}}, {"body": {"file": ""}}, {"body": {"text": ""}},
                {"body": {"text": "..."}}, {"body": {"text": "a" * 2001}}, {"body": b"RIFF", "kind": "audio/wav"}]:
        play(422, **how)
    play(415, body=b"x", kind="image/png")
    play(415, body=b"x")
    play(202, body=wav(20), kind="audio/wav")
    queued = asker.ask(200, "GET", one, call=caller.id)[1]["queued_ms"]
    flushed = asker.ask(200, "POST", one + "/flush", call=caller.id)[1]
    if queued < 10_000 or flushed["outcome"] != "flushed":
        raise Wrong(f"of 20 s {queued} ms waited, and a flush says {flushed}")
    for body in [{}, {"phone": "1", "flow": "2"}, {"fone": "1"}, [], {"phone": 1}, {"phones": []}, {"phones": ["1"], "strategy": "x"}]:
        asker.ask((400, 422), "POST", one + "/transfer", call=caller.id, body=body)
    asker.ask(422, "POST", one + "/transfer", call=caller.id, body={"phone": "no number"})
    asker.ask(200, "POST", one + "/transfer", call=caller.id, body={"phone": "+911800000001"})
    # The call that is just being left, and then is gone.
    asker.ask((404, 409), "POST", one + "/transfer", call=caller.id, body={"phone": "+911800000001"})
    asker.ask((404, 409), "POST", one + "/play", call=caller.id, body=wav(0.2), kind="audio/wav")
    asker.ask((404, 409), "POST", one + "/flush", call=caller.id)
    seen = caller.end()
    if "session.transfer" not in [command["type"] for command in seen["commands"]] or seen["frames_received"] < 50:
        raise Wrong(f"the platform saw another call: {json.dumps(seen)[:300]}")


def check_ending(asker, program, server):
    one = "/v1/calls/{id}"
    caller = Caller(program, server)
    for body in ("{", "[]", '{"why": 1}', '{"reason": 1}', '{"end_stream": "yes"}'):
        asker.ask(400, "POST", one + "/hang-up", call=caller.id, body=body, kind="application/json")
    # Two at once, and a flush between: each is told what came of it, and nobody waits for ever.
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        ended = [pool.submit(asker.ask, (200, 404, 409), "POST", one + "/hang-up", caller.id) for _ in range(6)]
        ended.append(pool.submit(asker.ask, (200, 404, 409), "POST", one + "/flush", caller.id))
        answers = [future.result() for future in ended]
    if not any(answer.status == 200 and body["outcome"] == "ended" for answer, body in answers):
        raise Wrong("nobody ended the call")
    for path, body in [("/hang-up", None), ("/flush", None), ("/transfer", {"flow": "1"}), ("/play", {"text": "a"})]:
        asker.ask(404, "POST", one + path, call=caller.id, body=body)
    asker.ask(404, "GET", one, call=caller.id)
    if caller.end()["ended_by"] not in ("bot", "server"):
        raise Wrong("the platform saw no hang-up")
    caller = Caller(program, server, "exotel")
    asker.ask(422, "POST", one + "/hang-up", call=caller.id)
    asker.ask(422, "POST", one + "/transfer", call=caller.id, body={"phone": "+911800000001"})
    asker.ask(200, "POST", one + "/hang-up", call=caller.id, body={"end_stream": True, "reason": "operator's"})
    caller.end()


def check_crowd(asker, program, server):
    """Many calls, of which every one is seen once, asked, played to and hung up, all at once, while Prometheus reads."""
    command = [program, "load", server.url + "/v1/ivr-solutions", "--calls", str(CALLS), "--rate", "50", "--for", "60",
               "--expect", "anything"]
    load = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while len(calls_of(server)) < CALLS:
            if time.monotonic() > deadline:
                raise Wrong(f"{len(calls_of(server))} calls for {CALLS}")
            time.sleep(0.05)
        seen, after = [], 0
        while True:
            listed = asker.ask(200, "GET", "/v1/calls", query=f"?limit=7&after={after}")[1]
            seen += [call["id"] for call in listed["calls"]]
            if "next" not in listed:
                break
            after = listed["next"]
        if len(seen) != CALLS or len(set(seen)) != CALLS or listed["total"] != CALLS:
            raise Wrong(f"pages had {len(seen)} calls, {len(set(seen))} of them different")

        def one(name):
            path = "/v1/calls/{id}"
            asker.ask(200, "GET", path, call=name)
            asker.ask(200, "GET", "/metrics")
            asker.ask(200, "POST", path + "/play", call=name, query="?wait=true", body=wav(0.2), kind="audio/wav")
            asker.ask(200, "POST", path + "/flush", call=name)
            return asker.ask(200, "POST", path + "/hang-up", call=name)[1]["outcome"]

        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            outcomes = collections.Counter(pool.map(one, seen))
        # The platform places another call for each that ended.
        if left := set(seen) & {call["id"] for call in calls_of(server)}:
            raise Wrong(f"{len(left)} calls are listed after they have ended")
        if outcomes != {"ended": CALLS}:
            raise Wrong(f"of {CALLS} calls {dict(outcomes)}")
    finally:
        load.terminate()
        load.wait()


def check_flood(asker):
    """More requests at a time than are answered: those beyond are told so, and none is left without an answer."""
    bodies = b'{"text": "x"}'
    head = (f"POST /v1/calls/none/play HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(bodies)}\r\n\r\n").encode()
    connections = [socket.create_connection(("127.0.0.1", asker.port), 20) for _ in range(300)]
    for connection in connections:
        connection.sendall(head + bodies)
    statuses = collections.Counter()
    for connection in connections:
        statuses[int(connection.recv(65_536).split()[1])] += 1
        connection.close()
    if statuses[404] + statuses[503] != 300:
        raise Wrong(f"300 requests at once: {dict(statuses)}")
    # A sender that is cut short, one that sends no end, and one that announces too much.
    with socket.create_connection(("127.0.0.1", asker.port), 20) as connection:
        connection.sendall(head + bodies[:5])
    with socket.create_connection(("127.0.0.1", asker.port), 20) as connection:
        connection.sendall(head.replace(str(len(bodies)).encode(), b"900000000").replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        if b" 413 " not in connection.recv(65_536).splitlines()[0]:
            raise Wrong("who announces too much is not told at once")
    with socket.create_connection(("127.0.0.1", asker.port), 20) as connection:
        connection.sendall(b"\x16\x03\x01 no request at all\r\n\r\n")
        connection.recv(65_536)
    asker.ask(200, "GET", "/healthz", token=None)


def check_drain(asker):
    asker.ask(401, "POST", "/v1/drain", token=None)
    asker.ask(403, "POST", "/v1/drain", token="x")
    asker.ask(413, "POST", "/v1/drain", body=b" " * 70_000)
    if asker.ask(202, "POST", "/v1/drain")[1]["state"] != "draining":
        raise Wrong("a drain says another state")


def check_coverage(judge, exchanges):
    """Every operation, with every status that can be brought about."""
    seen = {(exchange.method, exchange.path, exchange.status) for exchange in exchanges}
    documented = {(*key, int(status)) for key, operation in judge.operations.items() for status in operation["responses"]}
    missing = {entry for entry in documented - seen - UNSEEN if entry[2] != 503}
    if missing:
        raise Wrong(f"never answered: {sorted(missing)}")
    return len(seen)


def main():
    program, home = sys.argv[1], pathlib.Path(sys.argv[2])
    home.mkdir(parents=True, exist_ok=True)
    document = yaml.safe_load(DOCUMENT.read_text())
    openapi_spec_validator.validate(document)
    judge = Judge(document)
    (home / "short.wav").write_bytes(wav(0.2))
    voice = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Voice)
    threading.Thread(target=voice.serve_forever, daemon=True).start()
    admin = f', token: {TOKEN}, prompts: "{home}", voice: {{url: "http://127.0.0.1:{voice.server_port}/v1", key: sesame}}'
    exchanges = []
    with served(program, home, "operated", SERVER.format(admin=admin)) as server:
        asker = Asker(judge, server.port)
        check_probes(asker)
        check_levels(asker)
        check_methods(asker)
        check_strangers(asker)
        check_playing(asker, program, server)
        check_ending(asker, program, server)
        with_few = len(asker.exchanges)
        check_crowd(asker, program, server)
        check_flood(asker)
        last = Caller(program, server)
        check_drain(asker)
        asker.ask(503, "GET", "/readyz", token=None)
        last.end()
        exchanges += asker.exchanges
        log = server.log.read_text()
        for secret in (TOKEN, "sesame", "Please wait", "911800000001"):
            if secret in log:
                raise Wrong(f"the log has {secret!r}")
    with served(program, home, "bare", SERVER.format(admin="")) as server:
        asker = Asker(judge, server.port)
        for method, path in judge.operations:
            if path.startswith("/v1/"):
                asker.ask(403, method, path, call="x" if "{id}" in path else None)
        asker.ask(200, "GET", "/metrics", token=None)
        exchanges += asker.exchanges
    with served(program, home, "mute", SERVER.format(admin=f", token: {TOKEN}")) as server:
        asker = Asker(judge, server.port)
        caller = Caller(program, server)
        for body in ({"text": "hello"}, {"file": "short.wav"}):
            said = asker.ask((202, 422), "POST", "/v1/calls/{id}/play", call=caller.id, body=body)[1]
            # A build with speech of its own says it.
            if said.get("error") not in (None, "no_voice", "no_prompts"):
                raise Wrong(f"without a voice it says {said}")
        asker.ask(200, "POST", "/v1/calls/{id}/hang-up", call=caller.id)
        caller.end()
        exchanges += asker.exchanges
    pairs = check_coverage(judge, exchanges)
    print(f"{len(exchanges)} answers, {len(exchanges) - with_few} of them with {CALLS} calls up and after, are as the document has "
          f"them: {len(judge.operations)} operations, {pairs} of their statuses")

    def planted(name, change, attempt=None):
        changed = copy.deepcopy(document)
        change(changed)
        try:
            if attempt:
                attempt(changed)
            else:
                wrong = Judge(changed)
                for exchange in exchanges:
                    wrong.judge(exchange)
        except (Wrong, jsonschema.ValidationError) as error:
            print(f"planted, {name}: {str(error).splitlines()[0][:110]}")
            return
        raise Wrong(f"planted, {name}: not noticed")

    def rename(schema, old, new):
        def change(changed):
            properties = changed["components"]["schemas"][schema]["properties"]
            properties[new] = properties.pop(old)
        return change

    planted("a field that is renamed", rename("Call", "platform", "plattform"))
    planted("a field that is renamed, and may be missing", rename("Outcome", "heard_ms", "heard"),
            lambda changed: Judge(changed).judge(Exchange(
                "POST", "/v1/calls/{id}/play", 200, "application/json", '{"outcome": "interrupted", "heard_ms": 7}')))
    planted("a figure of another kind", lambda changed: changed["components"]["schemas"]["Distribution"]["properties"].update(
        p99={"type": "string"}))
    planted("a word that is missing", lambda changed: changed["components"]["schemas"]["Outcome"]["properties"]["outcome"]["enum"]
            .remove("flushed"))
    planted("a status that is missing", lambda changed: changed["paths"]["/v1/drain"]["post"]["responses"].pop("202"))
    planted("a path that is missing", lambda changed: changed["paths"].pop("/v1/server"))
    planted("an answer of another type", lambda changed: changed["paths"]["/metrics"]["get"]["responses"]["200"].update(
        content={"application/json": {"schema": {}}}))
    planted("an operation that nobody answers", lambda changed: changed["paths"]["/v1/server"].update(
        put=changed["paths"]["/v1/drain"]["post"]), lambda changed: check_coverage(Judge(changed), exchanges))
    planted("a document that is none", lambda changed: changed["paths"]["/v1/drain"]["post"].update(responses=[]),
            openapi_spec_validator.validate)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")
