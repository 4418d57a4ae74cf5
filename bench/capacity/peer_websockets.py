# SPDX-License-Identifier: Apache-2.0
"""A peer for the comparison: Python, asyncio and the package websockets.

    peer_websockets.py PORT [CERTIFICATE KEY]     0 takes a free port; prints "listening on ws[s]://127.0.0.1:PORT"

It does for each message what the server's echo bot does: JSON, base64, G.711 or PCM, 8 to 16 kHz and back, reply. uvloop and
orjson are used, which are the fastest of their kind; the conversion is soxr's.
"""
import asyncio
import audioop
import base64
import ssl
import sys
import numpy as np
import orjson
import soxr
import uvloop
import websockets


class Call:
    """The echo of one call: what the converters hold back goes out with the next frame."""

    def __init__(self, start):
        named = start.get("start", start).get("media_format") or start.get("start", start).get("mediaFormat") or {}
        self.linear = named.get("encoding") in ("raw/slin", "audio/x-l16")
        rate = int(named.get("sample_rate") or named.get("sampleRate") or 8000)
        self.up = soxr.ResampleStream(rate, 16000, 1, "int16", "HQ") if rate != 16000 else None
        self.down = soxr.ResampleStream(16000, rate, 1, "int16", "HQ") if rate != 16000 else None
        self.left = b""

    def echo(self, payload):
        heard = base64.b64decode(payload)
        size = len(heard)
        linear = heard if self.linear else audioop.ulaw2lin(heard, 2)
        if self.up:
            wide = self.up.resample_chunk(np.frombuffer(linear, np.int16))
            linear = self.down.resample_chunk(wide).tobytes()
        self.left += linear if self.linear else audioop.lin2ulaw(linear, 2)
        if len(self.left) < size:
            return None
        said, self.left = self.left[:size], self.left[size:]
        return base64.b64encode(said).decode()


async def serve(socket):
    call, stream = None, ""
    async for text in socket:
        message = orjson.loads(text)
        event = message.get("event")
        if event == "start":
            call, stream = Call(message), message.get("streamSid") or message.get("stream_sid")
            reply = {"event": "media", "streamSid": stream, "media": {"payload": ""}} if "streamSid" in message else None
        elif event == "media" and call:
            said = call.echo(message["media"]["payload"])
            if said is None:
                continue
            if reply:
                reply["media"]["payload"] = said
                await socket.send(orjson.dumps(reply).decode())
            else:
                await socket.send(orjson.dumps({"type": "response.audio.delta", "delta": said}).decode())
        elif event == "stop":
            break


async def main():
    context = None
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    server = await websockets.serve(serve, "127.0.0.1", int(sys.argv[1]), ssl=context, compression=None)
    port = server.sockets[0].getsockname()[1]
    print(f"listening on ws{'s' if context else ''}://127.0.0.1:{port}", flush=True)
    await asyncio.Future()


uvloop.run(main())
