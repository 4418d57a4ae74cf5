# SPDX-License-Identifier: Apache-2.0
"""How long a realtime relay holds audio, in both directions, beside a floor.

    latency.py VOICEBRIDGE [--rounds N] [--limit-ms MS]

This program is the platform and the service at once, on blocking sockets and one thread, so that both ends have one clock:
it writes a delta on the service's socket and waits for the audio on the platform's, then writes a caller's message and waits
for the append. The floor is the same delta through `voicebridge websocket-echo`, which does nothing but frame; what the
relay's median takes more than the floor's is what it adds. Below it, the delta over one connection with nothing between.
The three take turns, so that what else the machine does is in all of them. Exit status 0 when the relay adds at most the
limit in both directions.
"""
import argparse
import base64
import hashlib
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

FRAME = bytes(range(160))
PAUSE = 0.025


class WebSocket:
    """One end of a WebSocket (RFC 6455) that was opened by hand."""

    def __init__(self, connection, is_client):
        self.connection, self.is_client = connection, is_client
        self.received = bytearray()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(10)

    def head(self):
        while b"\r\n\r\n" not in self.received:
            self.fill()
        end = self.received.index(b"\r\n\r\n") + 4
        head = bytes(self.received[:end]).decode()
        del self.received[:end]
        return head

    def fill(self):
        data = self.connection.recv(65536)
        if not data:
            raise SystemExit("the server closed the connection")
        self.received += data

    def send(self, text, kind=0x81):
        data = text.encode()
        mask = 0x80 if self.is_client else 0
        head = bytes([kind]) + (
            bytes([mask | len(data)]) if len(data) < 126 else bytes([mask | 126]) + struct.pack(">H", len(data))
        )
        if self.is_client:
            key = b"\x11\x22\x33\x44"
            data = bytes(byte ^ key[index % 4] for index, byte in enumerate(data))
            head += key
        self.connection.sendall(head + data)

    def take(self):
        """The next text message if it is there already."""
        while len(self.received) >= 2:
            kind, length = self.received[0], self.received[1] & 0x7F
            masked, start = self.received[1] & 0x80, 2
            if length >= 126:
                size = 2 if length == 126 else 8
                if len(self.received) < start + size:
                    return None
                length = int.from_bytes(self.received[start : start + size], "big")
                start += size
            key = self.received[start : start + 4] if masked else b""
            start += len(key)
            if len(self.received) < start + length:
                return None
            data = bytes(self.received[start : start + length])
            del self.received[: start + length]
            if kind & 15 == 9:
                self.send("", kind=0x8A)
            elif kind & 15 == 1:
                return bytes(b ^ key[i % 4] for i, b in enumerate(data)).decode() if masked else data.decode()
            elif kind & 15 == 8:
                raise SystemExit("the server closed the WebSocket")
        return None

    def receive(self):
        while True:
            text = self.take()
            if text is not None:
                return text
            self.fill()

    def until(self, word):
        """Reads up to a message with a word, and gives the time at which its bytes were there."""
        while True:
            text = self.take()
            if text is None:
                self.fill()
                at = time.perf_counter()
            elif word in text:
                return at

    def drop(self):
        """Takes what has come by now."""
        self.connection.setblocking(False)
        try:
            self.received += self.connection.recv(1 << 20)
        except (BlockingIOError, InterruptedError):
            pass
        self.connection.settimeout(10)
        while self.take() is not None:
            pass


def opened(port, path):
    connection = socket.create_connection(("127.0.0.1", port))
    web = WebSocket(connection, True)
    key = base64.b64encode(os.urandom(16)).decode()
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = web.head()
    if " 101 " not in head.split("\r\n")[0] + " ":
        raise SystemExit(f"the server answered {head.splitlines()[0]}")
    return web


def accepted(listener):
    connection, _ = listener.accept()
    web = WebSocket(connection, False)
    lines = dict(line.split(": ", 1) for line in web.head().split("\r\n")[1:] if ": " in line)
    key = lines["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
    connection.sendall(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )
    return web


def started(voicebridge, folder, service_port, route):
    configuration = {
        "listen": {"port": 0, "plain": True}, "admin": {"port": 0}, "limits": {"event_loops": 1},
        "routes": [
            {
                "path": "/x", "authentication": {"none": True}, "audio": {"doctor": False}, **route,
                "bot_options": {"url": f"ws://127.0.0.1:{service_port}/"},
            }
        ],
    }
    file = pathlib.Path(folder) / "server.yaml"
    file.write_text(json.dumps(configuration))
    return listening([voicebridge, "serve", "--config", file])


def listening(command):
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in server.stdout:
        if line.startswith("listening on "):
            return server, int(line.strip().rsplit(":", 1)[1])
    raise SystemExit("the server did not start")


def begin(platform, listener):
    """A call with its session, in the midst of an answer."""
    start = {
        "event": "start", "sequence_number": 1, "stream_sid": "s", "start": {
            "stream_sid": "s", "call_sid": "c", "from": "1", "to": "2",
            "media_format": {"encoding": "mulaw", "sample_rate": 8000},
        },
    }
    platform.send(json.dumps({"event": "connected"}))
    platform.send(json.dumps(start))
    service = accepted(listener)
    service.send(json.dumps({"type": "session.created", "session": {}}))
    session = json.loads(service.receive())["session"]
    name = session["audio"]["input"]["format"]["type"]
    if name != "audio/pcmu":
        raise SystemExit(f"the session was asked for {name}")
    service.send(json.dumps({"type": "session.updated", "session": session}))
    service.until("response.create")
    service.send(json.dumps({"type": "response.created", "response": {"id": "r"}}))
    return service


def percentiles(times):
    ordered = sorted(times)
    return [ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.9, 0.99)]


def line(name, times):
    median, ninth, last = percentiles(times)
    print(f"| {name} | {len(times)} | {median:.3f} | {ninth:.3f} | {last:.3f} |")
    return median


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("voicebridge")
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--limit-ms", type=float, default=1.0)
    arguments = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    coded = base64.b64encode(FRAME).decode()
    delta = json.dumps(
        {
            "type": "response.output_audio.delta", "event_id": "e", "response_id": "r", "item_id": "i",
            "output_index": 0, "content_index": 0, "delta": coded,
        }
    )
    down, up, floor, bare_floor = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        server, port = started(arguments.voicebridge, folder, listener.getsockname()[1], {"bot": "realtime"})
        echo, echo_port = listening([arguments.voicebridge, "websocket-echo", "--port", "0", "--no-compression"])
        try:
            platform = opened(port, "/x")
            service = begin(platform, listener)
            echoing = opened(echo_port, "/")
            bare = opened_bare()
            for number in range(arguments.rounds):
                time.sleep(PAUSE)
                platform.drop()
                service.drop()
                began = time.perf_counter()
                service.send(delta)
                down.append(platform.until("response.audio.delta") - began)
                media = {"chunk": number + 1, "timestamp": str(20 * (number + 1)), "payload": coded}
                text = json.dumps({"event": "media", "sequence_number": number + 2, "stream_sid": "s", "media": media})
                began = time.perf_counter()
                platform.send(text)
                up.append(service.until("input_audio_buffer.append") - began)
                began = time.perf_counter()
                echoing.send(delta)
                floor.append(echoing.until("delta") - began)
                began = time.perf_counter()
                bare[0].send(delta)
                bare_floor.append(bare[1].until("delta") - began)
        finally:
            for process in (server, echo):
                process.terminate()
                process.wait()
    print("| 20 ms of µ-law, plain TCP on loopback, in milliseconds | times | p50 | p90 | p99 |")
    print("|---|---:|---:|---:|---:|")
    medians = [
        line("the service's delta to the platform's socket", down), line("the caller's message to the append", up),
    ]
    least = line("floor: the delta through a bare WebSocket echo", floor)
    line("floor: the delta over one connection, nothing between", bare_floor)
    added = [median - least for median in medians]
    print(
        f"{len(down)} deltas and {len(up)} caller messages; the medians are {added[0]:.3f} and {added[1]:.3f} ms above the "
        f"echo's, {arguments.limit_ms:g} ms may they be"
    )
    return 0 if down and up and floor and max(added) <= arguments.limit_ms else 1


def opened_bare():
    """Both ends of one connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    near = socket.create_connection(listener.getsockname())
    far, _ = listener.accept()
    return WebSocket(near, False), WebSocket(far, False)


sys.exit(main())
