# SPDX-License-Identifier: Apache-2.0
"""Puts calls through `voicebridge serve` with the bot `realtime`, whose service is the one of this folder.

    calls.py VOICEBRIDGE FOLDER [--only NAME…] [--record NAME]

FOLDER holds the certificates and takes what is written. Exit status 0 when every call came out as it must.
"""
import argparse
import asyncio
import json
import logging
import pathlib
import ssl
import sys
import time
from http import HTTPStatus

from websockets.asyncio.server import serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Response

import events
import scenarios
import served
import sound
from service import Connection

AT_ONCE = 5


class Outcome:
    """What a call came to on the platform's side."""

    def __init__(self, result, log, samples):
        self.result, self.log, self.samples = result, log, samples

    def has(self, frequency, begin, end):
        """Whether a tenth of a second between two times is this tone."""
        for start in range(int(begin * 8000), min(int(end * 8000), len(self.samples)) - 800, 800):
            piece = self.samples[start : start + 800]
            if sound.level(piece) > 500 and sound.strength(piece, frequency, 8000) > 0.9:
                return True
        return False


class Peer:
    """The services, one scenario a path."""

    def __init__(self, chosen):
        self.scenarios = {f"/{one.__name__}": one() for one in chosen}

    def scenario(self, path):
        return self.scenarios.get(path.split("?")[0])

    def process_request(self, connection, request):
        scenario = self.scenario(request.path)
        if scenario is None:
            return connection.respond(HTTPStatus.NOT_FOUND, "no such scenario\n")
        refusal = scenario.request(request.headers)
        if refusal:
            status, headers = refusal
            head = Headers({**headers, "Content-Length": "0", "Connection": "close"})
            return Response(status, HTTPStatus(status).phrase, head, b"")
        return None

    async def handle(self, socket):
        scenario = self.scenario(socket.request.path)
        connection = Connection(socket, scenario)
        try:
            await connection.run()
        except ConnectionClosed:
            pass
        except Exception as error:
            scenario.faults.append(f"{type(error).__name__}: {error}")
            await socket.close(1011)
        finally:
            if connection.running:
                connection.running[2].cancel()


def context(folder, name):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return made


def configuration(chosen, ports, folder):
    routes = []
    for one in chosen:
        port = ports[one.secure]
        options = {
            "url": f"{'wss' if one.secure else 'ws'}://127.0.0.1:{port}/{one.__name__}",
            "api_key": {"file": str(folder / "key")},
            **({"trusted_certificates": str(folder / "authority.pem")} if one.secure else {}),
            **one.options,
        }
        routes.append(
            {
                "path": f"/{one.__name__}", "authentication": {"none": True}, "bot": "realtime",
                "bot_options": options, "audio": {"doctor": False},
            }
        )
    return {"listen": {"port": 0}, "admin": {"port": 0}, "logging": {"format": "json"}, "routes": routes}


async def place(voicebridge, url, scenario, folder):
    """Puts a call through and looks at what came of it; gives what went wrong."""
    name = type(scenario).__name__
    said, heard = folder / f"{name}.said.wav", folder / f"{name}.heard.wav"
    sound.write_wave(said, scenario.caller_samples())
    heard.unlink(missing_ok=True)
    call = await asyncio.create_subprocess_exec(
        voicebridge, "call", f"{url.rsplit('/v1/')[0]}/{name}", "--insecure", "--json", "--encoding",
        scenario.encoding, "--audio", said, "--record", heard, "--for", str(scenario.seconds), *scenario.arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await asyncio.wait_for(call.communicate(), 60)
    await asyncio.sleep(0.3)
    result = json.loads(output)
    log = "\n".join(line for line in (folder / "server.log").read_text().splitlines() if f'"/{name}"' in line)
    samples = sound.read_wave(heard)[0] if heard.exists() else []
    try:
        violations = [one for one in result["violations"] if not (scenario.fails and "1011" in one["detail"])]
        scenarios.expect(not violations, f"violations: {violations}")
        scenarios.expect(scenario.faults == scenario.expected_faults, f"faults: {scenario.faults}")
        scenario.check(Outcome(result, log, samples))
    except (scenarios.Failed, KeyError, IndexError) as error:
        return repr(error)
    return None


def record(scenario, path):
    """Writes what the service said on a call's first connection, as a script."""
    lines = [f"{round(at * 1000) + 40} {text}" for at, text in scenario.connections[0].said]
    path.write_text("40 open\n" + "\n".join(lines) + "\n")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("voicebridge")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--record")
    arguments = parser.parse_args()
    folder = arguments.folder
    events.self_test()
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    chosen = [one for one in scenarios.ALL if not arguments.only or one.__name__ in arguments.only]
    peer = Peer(chosen)
    (folder / "key").write_text(scenarios.KEY)
    servers, ports = [], {}
    for secure in (False, True, "strange", "elsewhere"):
        tls = context(folder, {True: "service"}.get(secure, secure)) if secure else None
        server = await serve(peer.handle, "127.0.0.1", 0, ssl=tls, process_request=peer.process_request)
        servers.append(server)
        ports[secure] = server.sockets[0].getsockname()[1]
    file = folder / "server.yaml"
    file.write_text(json.dumps(configuration(chosen, ports, folder), indent=1))
    with open(folder / "server.log", "w") as log:
        process, url = await served.begin(arguments.voicebridge, file, log)
    failures = 0
    gate = asyncio.Semaphore(AT_ONCE)

    async def run(scenario):
        nonlocal failures
        async with gate:
            began = time.monotonic()
            problem = await place(arguments.voicebridge, url, scenario, folder)
        told = sum(len(one.told) for one in scenario.connections)
        said = sum(len(one.said) for one in scenario.connections)
        verdict = f"FAILED: {problem}" if problem else "passed"
        print(f"{type(scenario).__name__}: {verdict} ({said} events said, {told} told, {time.monotonic() - began:.1f} s)")
        failures += problem is not None

    try:
        # The longest first, so that nothing is waited for at the end.
        ordered = sorted(peer.scenarios.values(), key=lambda one: -one.seconds)
        await asyncio.gather(*map(run, ordered))
    finally:
        failures += not await served.end(process)
    if scenarios.KEY in (folder / "server.log").read_text():
        print("the key is in the log")
        failures += 1
    told = sum(len(one.told) for scenario in peer.scenarios.values() for one in scenario.connections)
    said = sum(len(one.said) for scenario in peer.scenarios.values() for one in scenario.connections)
    print(f"realtime: {len(chosen)} calls, {failures} failures; {said} events said and {told} told fit their types")
    if not said or not told:
        print("nothing was said")
        failures += 1
    if arguments.record:
        record(peer.scenarios[f"/{arguments.record}"], folder / f"{arguments.record}.dialogue")
    return 1 if failures else 0


sys.exit(asyncio.run(main()))
