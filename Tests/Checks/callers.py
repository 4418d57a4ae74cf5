# SPDX-License-Identifier: Apache-2.0
"""Callers for checks that do bad things to a server: calls in the wire of `twilio`, each of which knows what became of it."""
import asyncio
import base64
import http.client
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time

FRAME = bytes([0x55]) * 160


class Call:
    """One call: `started` once its start was sent, `ended` once the server closed it with 1000 after its stop; monotonic."""

    def __init__(self, name):
        self.name = name
        self.started = self.ended = None
        self.sent = self.received = 0
        self.status = None
        self.longest_gap = 0.0


def frame(payload, opcode=1):
    """A masked frame (RFC 6455 §5.2) with a mask of zeros."""
    size = len(payload)
    if size < 126:
        head = bytes([0x80 | opcode, 0x80 | size])
    else:
        head = bytes([0x80 | opcode, 0x80 | 126]) + size.to_bytes(2, "big")
    return head + bytes(4) + payload


async def receive(reader):
    """One frame of the server's: opcode, payload."""
    head = await reader.readexactly(2)
    size = head[1] & 0x7F
    if size >= 126:
        size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
    return head[0] & 0x0F, await reader.readexactly(size)


async def listen(call, reader, writer):
    """Counts audio that comes back; the code with which the server closes."""
    last = None
    while True:
        opcode, payload = await receive(reader)
        if opcode == 8:
            return int.from_bytes(payload[:2], "big")
        if opcode == 9:
            writer.write(frame(payload, 10))
        if opcode == 1 and b'"media"' in payload:
            message = json.loads(payload)
            if message.get("event") == "media":
                now = time.monotonic()
                call.longest_gap = max(call.longest_gap, now - last if last else 0)
                last = now
                call.received += len(base64.b64decode(message["media"]["payload"])) // 160


async def make(call, port, path, seconds):
    """Makes a call that speaks for so long and ends it; the server's death ends it too."""
    writer = listening = None
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: check\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        call.status = int(answer.split()[1])
        if call.status != 101:
            return
        stream = "MZ" + call.name
        start = {"event": "start", "sequenceNumber": "1", "streamSid": stream,
                 "start": {"accountSid": "AC1", "streamSid": stream, "callSid": call.name, "tracks": ["inbound"],
                           "customParameters": {},
                           "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}}}
        writer.write(frame(b'{"event":"connected","protocol":"Call","version":"1.0.0"}'))
        writer.write(frame(json.dumps(start).encode()))
        await writer.drain()
        call.started = time.monotonic()
        listening = asyncio.create_task(listen(call, reader, writer))
        payload = base64.b64encode(FRAME).decode()
        while call.sent * 0.02 < seconds and not listening.done():
            writer.write(frame(json.dumps({
                "event": "media", "sequenceNumber": str(call.sent + 2), "streamSid": stream,
                "media": {"track": "inbound", "chunk": str(call.sent + 1), "timestamp": str(call.sent * 20),
                          "payload": payload}}).encode()))
            await writer.drain()
            call.sent += 1
            await asyncio.sleep(max(0, call.started + call.sent * 0.02 - time.monotonic()))
        stop = {"event": "stop", "sequenceNumber": str(call.sent + 2), "streamSid": stream,
                "stop": {"accountSid": "AC1", "callSid": call.name}}
        writer.write(frame(json.dumps(stop).encode()))
        await writer.drain()
        if await asyncio.wait_for(listening, 15) == 1000:
            call.ended = time.monotonic()
    except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
        pass
    finally:
        if listening:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        if writer:
            writer.close()


class Server:
    """A server of a configuration, with its log kept line by line."""

    def __init__(self, program, configuration, environment=None, limits=None):
        began = time.monotonic()
        self.log = configuration + ".log"
        words = [program, "serve", "--config", configuration, "--plain", "--port", "0", "--admin-port", "0"]
        errors = open(self.log, "a")
        self.mark = errors.tell()
        # A limit of files' sizes is answered with an error, as a full disk is, and not with the signal that ends a process.
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True,
                                        env=dict(os.environ, **(environment or {})),
                                        preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                                                            limits() if limits else None), restore_signals=False)
        errors.close()
        self.port = self.admin_port = None
        for line in self.process.stdout:
            found = re.match(r"listening on ws://[^:]*:(\d+)", line)
            if found:
                self.port = int(found[1])
                break
        if self.port is None:
            raise SystemExit("FAILED: the server did not start: " + open(self.log).read()[-500:])
        self.startup = time.monotonic() - began

    def lines(self, level=None):
        """What it logged, of one level."""
        with open(self.log) as log:
            log.seek(self.mark)
            entries = [json.loads(line) for line in log if line.startswith("{")]
        return [entry for entry in entries if level is None or entry["level"] == level]

    def admin(self):
        """A connection to the admin port."""
        for _ in range(50):
            if self.admin_port:
                break
            self.admin_port = next((int(entry["admin_port"]) for entry in self.lines() if "admin_port" in entry), None)
            time.sleep(0 if self.admin_port else 0.1)
        return http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=10)

    def ask(self, path, connection=None):
        """What the admin port answers, on a connection that is there already or one of its own."""
        asked = connection or self.admin()
        asked.request("GET", path)
        answer = asked.getresponse()
        text = answer.read().decode()
        if not connection:
            asked.close()
        if answer.status != 200:
            raise SystemExit(f"FAILED: {path} was answered with {answer.status}: {text[:200]}")
        return text

    def load(self):
        """What it tells of itself."""
        return json.loads(self.ask("/load"))

    def metrics(self, connection=None):
        """What it tells Prometheus: figures by name and labels, and what has labels by its name alone, added up."""
        lines = [line for line in self.ask("/metrics", connection).splitlines() if line and not line.startswith("#")]
        figures = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}
        for name, value in list(figures.items()):
            if "{" in name:
                bare = name.split("{", 1)[0]
                figures[bare] = figures.get(bare, 0) + value
        return figures

    def processor(self):
        """Seconds of a processor that it has had."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


class Endpoint:
    """Takes webhooks: answers with `status` after `delay` seconds, and keeps the ids of what it took, by call, and the calls in
    the order in which their ends were taken, and when it answered what it did not take."""

    def __init__(self, name="sink"):
        endpoint = self
        self.name = name
        self.status, self.delay, self.refused = 200, 0.0, 0
        self.ended, self.order, self.tries = {}, [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                began = time.monotonic()
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, delay = endpoint.status, endpoint.delay
                time.sleep(delay)
                if status != 200 or delay:
                    endpoint.refused += 1
                    endpoint.tries.append((began, event["data"]["call_id"]))
                elif event["type"] == "call.ended":
                    endpoint.ended.setdefault(event["data"]["call_id"], set()).add(event["event_id"])
                    endpoint.order.append(event["data"]["call_id"])
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def section(self, spool, *others):
        """What the configuration says of it, and of others, in a line."""
        listed = ", ".join(f'{{name: {one.name}, url: "http://127.0.0.1:{one.server.server_port}/", secret: "a secret of a check", '
                           "events: [call.ended], timeout: 1s}" for one in (self, *others))
        return f"webhooks: {{spool: {spool}, endpoints: [{listed}]}}\n"


def records(program, database):
    """The rows of a database."""
    done = subprocess.run([program, "calls", "export", "--records", database, "--json"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("FAILED: the records cannot be read: " + done.stderr.strip())
    return [json.loads(line) for line in done.stdout.splitlines()]
