# SPDX-License-Identifier: Apache-2.0
"""An endpoint of webhooks that believes nothing: signatures, times, forms and tries are judged by what the documentation says.

Now and then it answers 500, and now and then it takes an event and its answer is lost, so that retries are no rare case.
"""

import collections
import hashlib
import hmac
import http.client
import http.server
import json
import re
import secrets
import threading
import time

# Every so many deliveries one is refused, and one is taken whose answer is lost.
REFUSE_EVERY, LOSE_EVERY = 31, 53
# How old a signature may be, in seconds; the servers are on this machine.
OLDEST = 30
TYPES = {"call.started", "call.answered", "call.digit", "call.transfer", "call.ended", "recording.ready", "bot.failed"}
CALL = {"call_id", "stream_id", "made_up_id", "platform", "route", "bot", "codec", "sample_rate", "started_at"}
END = {"ended_at", "ended_by", "end_reason", "duration_ms", "digit_count", "received_ms", "sent_ms", "heard_ms"}


def signature(algorithm, secret, seconds, body):
    """What stands in the header, as Webhooks.md describes it."""
    digest = hmac.new(secret.encode(), str(seconds).encode() + b"." + body, getattr(hashlib, algorithm)).hexdigest()
    return f"t={seconds},{algorithm}={digest}"


class Hook:
    """What one server was told to call, and what came there."""

    def __init__(self, name, algorithm):
        self.name, self.algorithm, self.secret = name, algorithm, secrets.token_hex(16)
        # Whether all is refused, as by an endpoint that is down.
        self.is_down = False
        # Deliveries by event id, refused ones among them, and those that were taken.
        self.tries, self.takes = collections.Counter(), collections.Counter()


class Endpoint:
    """Takes the events of several servers, each on a path and with a secret of its own."""

    def __init__(self, names):
        self.lock = threading.Lock()
        self.hooks = {name: Hook(name, algorithm) for name, algorithm in zip(names, ("sha256", "sha512"))}
        # Each event once, in the order in which it came for the first time: its hook, and its body.
        self.taken = []
        self.count = self.refused = self.lost = 0
        self.faults = []
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if len(body) < length:
                    # Given up in the middle: no request (RFC 9112 §8).
                    self.close_connection = True
                    return
                status = endpoint.judge(self.path, self.headers, body)
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                """A connection may end in the middle: that of a server that was killed, or waited too long."""

        self.listener = Listener(("127.0.0.1", 0), Handler)
        self.port = self.listener.server_port
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def close(self):
        self.listener.shutdown()
        self.listener.server_close()

    def section(self, name, spool):
        """What the configuration of a server says of it."""
        hook = self.hooks[name]
        return (f'webhooks: {{spool: {spool}, endpoints: [{{name: "{name}", url: "http://127.0.0.1:{self.port}/{name}", '
                f'secret: "{hook.secret}", algorithm: {hook.algorithm}, timeout: 2s, '
                "events: [call.started, call.transfer, call.ended]}]}")

    def fault(self, words):
        if len(self.faults) < 20:
            self.faults.append(words)

    def judge(self, path, headers, body):
        """The status of the answer; none when there is to be none."""
        with self.lock:
            hook = self.hooks.get(path.removeprefix("/"))
            if hook is None:
                self.fault(f"something came for {path[:80]}")
                return 404
            wrong = self.forgery(hook, headers, body)
            if wrong:
                self.fault(f"{hook.name}: {wrong}")
                return 401
            event = json.loads(body)
            wrong = self.deformity(hook, headers, event)
            if wrong:
                self.fault(f"{hook.name}, {event.get('type')}: {wrong}")
            return self.take(hook, event)

    def forgery(self, hook, headers, body):
        """Why the request cannot be the server's, if so."""
        written = headers.get("VoiceBridge-Signature", "")
        found = re.fullmatch(rf"t=([1-9][0-9]{{9}}),{hook.algorithm}=([0-9a-f]+)", written)
        if not found:
            return f"the signature is '{written[:100]}'"
        if not hmac.compare_digest(signature(hook.algorithm, hook.secret, int(found[1]), body), written):
            return "the signature is not that of the body"
        if abs(time.time() - int(found[1])) > OLDEST:
            return f"the signature is {time.time() - int(found[1]):.0f} s old"
        return None

    def deformity(self, hook, headers, event):
        """What about an event is not as documented, if anything."""
        if list(event) != ["type", "event_id", "event_at", "hook_hash", "try", "data"]:
            return f"its keys are {list(event)}"
        if headers.get("Content-Type") != "application/json" or headers.get("VoiceBridge-Event") != event["event_id"]:
            return "its header is another's"
        if event["type"] not in TYPES or event["hook_hash"] != hook.name or not re.fullmatch(r"[0-9a-f]{32}", event["event_id"]):
            return f"it has the id {event['event_id']} and the name {event['hook_hash']}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["event_at"]):
            return f"its time is {event['event_at']}"
        if event["try"] != hook.tries[event["event_id"]]:
            return f"its try is {event['try']}, and it came {hook.tries[event['event_id']]} times before"
        is_end = event["type"] == "call.ended" and event["data"].get("end_reason") != "interrupted"
        missing = (CALL | (END if is_end else set())) - set(event["data"])
        return f"{sorted(missing)} are missing" if missing else None

    def take(self, hook, event):
        self.count += 1
        hook.tries[event["event_id"]] += 1
        if hook.is_down or self.count % REFUSE_EVERY == 0:
            self.refused += 1
            return 500
        hook.takes[event["event_id"]] += 1
        if hook.takes[event["event_id"]] == 1:
            self.taken.append({"hook": hook.name, **event})
        if self.count % LOSE_EVERY == 0:
            self.lost += 1
            return None
        return 200

    @property
    def repeats(self):
        """Deliveries of what had been taken before."""
        return sum(count - 1 for hook in self.hooks.values() for count in hook.takes.values())


def prove():
    """Each planted forgery must be refused, and what the documentation says must be taken."""
    endpoint = Endpoint(["one", "two"])
    hook = endpoint.hooks["one"]
    body = json.dumps({"type": "call.started", "event_id": "0" * 32, "event_at": "2026-03-01T09:05:07.250Z", "hook_hash": "one",
                       "try": 0, "data": dict.fromkeys(CALL, "x")}).encode()
    now = int(time.time())
    good = signature("sha256", hook.secret, now, body)
    other = good[:-1] + ("0" if good[-1] != "0" else "1")
    cases = [
        ("no signature", "/one", None, body, 401), ("a digit of another", "/one", other, body, 401),
        ("another body", "/one", good, body.replace(b"started", b"stopped"), 401),
        ("another time", "/one", good.replace(f"t={now}", f"t={now - 1}"), body, 401),
        ("an old one", "/one", signature("sha256", hook.secret, now - 600, body), body, 401),
        ("another secret", "/one", signature("sha256", "guessed", now, body), body, 401),
        ("another hash", "/one", signature("sha512", hook.secret, now, body), body, 401),
        ("another path", "/three", good, body, 404),
    ]

    def post(path, header, body):
        connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=10)
        headers = {"Content-Type": "application/json", "VoiceBridge-Event": "0" * 32}
        connection.request("POST", path, body, headers | ({"VoiceBridge-Signature": header} if header else {}))
        status = connection.getresponse().status
        connection.close()
        return status

    try:
        for what, path, header, sent, status in cases:
            answered, before = post(path, header, sent), len(endpoint.faults)
            if answered != status or not before or endpoint.taken:
                return f"planted, a request with {what}: answered {answered}"
            endpoint.faults.clear()
        if post("/one", good, body) != 200 or endpoint.faults or len(endpoint.taken) != 1:
            return f"a good request is not taken: {endpoint.faults}"
        if post("/one", good, body) != 200 or not endpoint.faults or len(endpoint.taken) != 1 or endpoint.repeats != 1:
            return "planted, the same event and the same try again: not noticed"
    finally:
        endpoint.close()
    print(f"planted: {len(cases)} forged requests are refused, and an event that comes twice counts once")
    return None
