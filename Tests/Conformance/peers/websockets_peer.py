# SPDX-License-Identifier: Apache-2.0
"""Python `websockets` as a client: echoes of every kind, negotiation, ping, close. See peers.sh."""

import asyncio
import os
import ssl
import sys

import websockets

URL, CERTIFICATE, COMPRESSION = sys.argv[1:4]
checks = 0


def check(name, passed):
    global checks
    checks += 1
    print("%s %s" % ("ok" if passed else "WRONG", name), flush=True)
    if not passed:
        sys.exit(1)


def context():
    return ssl.create_default_context(cafile=CERTIFICATE) if URL.startswith("wss") else None


async def main():
    async with websockets.connect(URL, ssl=context(), compression="deflate", max_size=None) as socket:
        agreed = "permessage-deflate" in (socket.response.headers.get("Sec-WebSocket-Extensions") or "")
        check("compression as expected", agreed == (COMPRESSION == "deflate"))
        noise = os.urandom(5_000_000)
        messages = [
            "", "hello", "\u03ba\u1f79\u03c3\u03bc\u03b5 \U0001f600", "text " * 400_000, b"", b"\x00\xff", noise, bytes(3_000_000),
        ]
        for message in messages:
            await socket.send(message)
            check("echo of %d %s" % (len(message), type(message).__name__), await socket.recv() == message)
        for size in (125, 126, 127, 65535, 65536):
            await socket.send(noise[:size])
            check("echo at the edge %d" % size, await socket.recv() == noise[:size])
        await socket.send(["frag", "men", "", "ted \u20ac"])
        check("echo of a fragmented text", await socket.recv() == "fragmented \u20ac")
        await socket.send([noise[:70_000], b"", noise[70_000:100_000]])
        check("echo of a fragmented binary", await socket.recv() == noise[:100_000])
        for number in range(200):
            await socket.send("message %d %s" % (number, "x" * number))
        echoes = [await socket.recv() for _ in range(200)]
        check("order of many", echoes == ["message %d %s" % (n, "x" * n) for n in range(200)])
        await asyncio.wait_for(await socket.ping(b"are you there"), 5)
        check("pong", True)
        await socket.close(4321, "done")
        check("close echoed", socket.close_code == 4321)
    # 8 bits cannot be done by raw deflate: such an offer is to be declined, not granted with another window.
    narrow = websockets.extensions.permessage_deflate.ClientPerMessageDeflateFactory(server_max_window_bits=8)
    async with websockets.connect(URL, ssl=context(), compression=None, extensions=[narrow]) as socket:
        check("a window of 8 bits declined", socket.response.headers.get("Sec-WebSocket-Extensions") is None)
    small = websockets.extensions.permessage_deflate.ClientPerMessageDeflateFactory(
        server_no_context_takeover=True, client_no_context_takeover=True, server_max_window_bits=9,
        client_max_window_bits=9,
    )
    async with websockets.connect(URL, ssl=context(), compression=None, extensions=[small]) as socket:
        answer = socket.response.headers.get("Sec-WebSocket-Extensions") or ""
        check("small windows granted", ("server_max_window_bits=9" in answer) == (COMPRESSION == "deflate"))
        for number in range(20):
            text = "small window %d " % number * 500
            await socket.send(text)
            check("small windows, message %d" % number, await socket.recv() == text)
    print("checks %d" % checks)


asyncio.run(main())
