# SPDX-License-Identifier: Apache-2.0
"""Python `aiohttp` as a client: echoes of every kind, negotiation, ping, close. It cannot send fragments. See peers.sh."""

import asyncio
import os
import ssl
import sys

import aiohttp

URL, CERTIFICATE, COMPRESSION = sys.argv[1:4]
checks = 0


def check(name, passed):
    global checks
    checks += 1
    print("%s %s" % ("ok" if passed else "WRONG", name), flush=True)
    if not passed:
        sys.exit(1)


async def main():
    context = ssl.create_default_context(cafile=CERTIFICATE) if URL.startswith("wss") else None
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(URL, ssl=context or True, compress=15, max_msg_size=0, autoping=False) as socket:
            check("compression as expected", bool(socket.compress) == (COMPRESSION == "deflate"))
            noise = os.urandom(5_000_000)
            for text in ("", "hello", "\u20ac" * 1000, "text " * 400_000):
                await socket.send_str(text)
                check("echo of %d characters" % len(text), await socket.receive_str() == text)
            for data in (b"", b"\x00", noise[:125], noise[:126], noise[:65535], noise[:65536], noise, bytes(1_000_000)):
                await socket.send_bytes(data)
                check("echo of %d bytes" % len(data), await socket.receive_bytes() == data)
            for number in range(200):
                await socket.send_str("message %d" % number)
            echoes = [await socket.receive_str() for _ in range(200)]
            check("order of many", echoes == ["message %d" % number for number in range(200)])
            await socket.ping(b"ping")
            message = await socket.receive()
            check("pong", message.type == aiohttp.WSMsgType.PONG and message.data == b"ping")
            check("closed", await socket.close(code=4321, message=b"done"))
            check("close echoed", socket.close_code == 4321)
    print("checks %d" % checks)


asyncio.run(main())
