# SPDX-License-Identifier: Apache-2.0
"""What a server does with calls that are up when it stops: it hands them over, or says goodbye.

    handover.py VOICEBRIDGE HOME

The platform is played here, in the wire of `ivr-solutions`, and it does what a platform does: told to move a call it leaves that
socket and connects to the other URL, with the call's id and an id of the new stream. Both halves are counted in records and
webhooks and joined by the call's id. Calls are made through HAProxy. Faults are planted that must be seen.

Environment: CALLS, of which a fifth are up at a time; 50 unless set.
"""

import asyncio
import base64
import collections
import copy
import json
import math
import os
import pathlib
import signal
import ssl
import sys
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Checks"))
import endpoint
import sound
from callers import frame, receive
from stage import Stage, Wrong, wait_for

FEW = max(8, int(os.environ.get("CALLS", "50")) // 5)
# Calls a second that are handed over.
RATE = 5
RATE_HZ = 8000
# What a platform shows in the URL.
TOKEN = "sesame"
FRAMES = 25
# The goodbye: a tone, in hertz and seconds.
TONE, TONE_SECONDS = 440, 0.6
PATIENCE = 45
ROWS = "SELECT call_id, stream_id, state, ended_by, end_reason, heard_ms, transfer_to, ended_at FROM call ORDER BY id"


def tone(count):
    return [int(8000 * math.sin(2 * math.pi * TONE * place / RATE_HZ)) for place in range(count)]


TONE_FRAME = b"".join(sample.to_bytes(2, "little", signed=True) for sample in tone(160))


class Leg:
    """One socket of a call."""

    def __init__(self, call, number):
        self.call, self.stream = call, f"{call}.{number}"
        self.sequence = 0
        self.status = self.told = self.closed = None
        self.began = time.monotonic()
        # What was heard.
        self.samples = bytearray()


class Platform:
    """Plays the platform for calls in which nobody speaks; told to move a call it does, unless it is `deaf` to that."""

    def __init__(self, trust, deaf=False):
        self.security = ssl.create_default_context(cafile=trust)
        self.deaf, self.calls = deaf, {}
        self.over = asyncio.Event()

    async def connect(self, leg, url):
        """The streams of a WebSocket that was opened; nothing when it was refused."""
        parts = urllib.parse.urlsplit(url)
        reader, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, parts.port, ssl=self.security), 10)
        target = parts.path + ("?" + parts.query if parts.query else "")
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        leg.status = int((await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).split()[1])
        if leg.status != 101:
            writer.close()
            return None
        return reader, writer

    def send(self, leg, writer, event, body):
        leg.sequence += 1
        message = {"event": event, "sequence_number": leg.sequence, "stream_sid": leg.stream, event: body}
        writer.write(frame(json.dumps(message, separators=(",", ":")).encode()))

    async def listen(self, leg, reader, writer):
        """Hears what the server says until it closes."""
        while leg.closed is None:
            opcode, payload = await receive(reader)
            if opcode == 8:
                leg.closed = int.from_bytes(payload[:2], "big")
            elif opcode == 9:
                writer.write(frame(payload, 10))
            elif opcode == 1:
                message = json.loads(payload)
                kind = message.get("type")
                if kind == "response.audio.delta":
                    leg.samples += base64.b64decode(message["delta"])
                elif kind in ("session.transfer_ws", "session.hangup"):
                    leg.told = message
                    reason = "callended" if kind == "session.hangup" else "stopped"
                    self.send(leg, writer, "stop", {"call_sid": leg.call, "reason": reason})

    async def speak(self, leg, writer):
        """Says something for half a second: an echo says it back."""
        for number in range(FRAMES):
            self.send(leg, writer, "media", {"chunk": number + 1, "timestamp": str(20 * number),
                                             "payload": base64.b64encode(TONE_FRAME).decode()})
            await asyncio.sleep(0.02)

    async def play(self, leg, url, speaks):
        """One socket from the start to its end, by the server's will or when all is over."""
        writer = listening = None
        try:
            opened = await self.connect(leg, url)
            if opened is None:
                return
            reader, writer = opened
            writer.write(frame(b'{"event":"connected"}'))
            self.send(leg, writer, "start", {"stream_sid": leg.stream, "call_sid": leg.call,
                                             "from": "9810000001", "to": "18000000002",
                                             "media_format": {"encoding": "raw/slin", "sample_rate": RATE_HZ}})
            listening = asyncio.create_task(self.listen(leg, reader, writer))
            if speaks:
                await self.speak(leg, writer)
            over = asyncio.create_task(self.over.wait())
            await asyncio.wait([listening, over], return_when=asyncio.FIRST_COMPLETED)
            over.cancel()
            if leg.told is None and leg.closed is None:
                self.send(leg, writer, "stop", {"call_sid": leg.call, "reason": "callended"})
            await asyncio.wait_for(listening, 15)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ssl.SSLError):
            pass
        finally:
            for end in (listening and listening.cancel, writer and writer.close):
                if end:
                    end()

    async def call(self, name, url):
        """A call, on as many sockets as it is moved to."""
        legs = self.calls[name] = [Leg(name, 1)]
        await self.play(legs[0], url, False)
        while not self.deaf and legs[-1].told and legs[-1].told["type"] == "session.transfer_ws" and len(legs) < 5:
            legs.append(Leg(name, len(legs) + 1))
            await self.play(legs[-1], legs[-2].told["url"], True)


async def in_thread(body, *arguments):
    return await asyncio.get_running_loop().run_in_executor(None, body, *arguments)


def streams_told(found):
    """How often each stream's events of a kind were told, each id once."""
    return collections.Counter((event["type"], event["data"]["stream_id"]) for event in found["events"])


def numbers(found):
    """What has to be equal: sockets on the platform's side, records, beginnings and ends told."""
    legs = [leg for legs in found["calls"].values() for leg in legs]
    told = streams_told(found)
    return {
        "sockets": len(legs), "sockets that were taken": sum(leg["status"] == 101 for leg in legs),
        "records": len({row["stream_id"] for row in found["rows"]}), "rows": len(found["rows"]),
        "records that ended": sum(row["state"] == "ended" for row in found["rows"]),
        "starts told": sum(kind == "call.started" for kind, _ in told),
        "ends told": sum(kind == "call.ended" for kind, _ in told),
    }


def common_faults(found):
    counts, wrong = numbers(found), []
    for name, number in counts.items():
        if not number or number != counts["sockets"]:
            wrong.append(f"{number} {name}, and {counts['sockets']} sockets were opened")
    for name in {row["call_id"] for row in found["rows"]} ^ set(found["calls"]):
        wrong.append(f"{name} is on one side only")
    wrong += [f"{kind} of {stream} was told under {count} ids"
              for (kind, stream), count in streams_told(found).items() if count != 1]
    wrong += found["endpoint_faults"]
    if "GET /moved" not in found["logged"] or TOKEN in found["logged"]:
        wrong.append("the log of the proxy has no call, or the token of one")
    wrong += [f"{left} is left in a spool" for left in found["left"] if any(left.values())]
    return wrong


def moved_faults(found):
    """What is wrong with a hand-over: each call of the first server has two halves, joined by its id."""
    first, second = found["servers"]
    wrong = common_faults(found)
    halves = collections.defaultdict(list)
    for row in found["rows"]:
        halves[row["call_id"]].append(row)
    moved = {name for name, rows in halves.items() if any(row["end_reason"] == "handed_over" for row in rows)}
    if not found["held"] or len(moved) != found["held"]:
        wrong.append(f"{found['held']} calls were up, and {len(moved)} were handed over")
    transfers = collections.Counter(event["data"]["call_id"] for event in found["events"] if event["type"] == "call.transfer")
    for name, rows in sorted(halves.items()):
        ends = [(row["server"], row["ended_by"], row["end_reason"]) for row in rows]
        wanted = [(first, "server", "handed_over"), (second, "caller", "stop")] if name in moved else \
            [(second, "caller", "stop")]
        if sorted(ends) != sorted(wanted):
            wrong.append(f"{name} has the records {ends}")
        if name not in moved:
            continue
        one = next(row for row in rows if row["end_reason"] == "handed_over")
        if one["transfer_to"] != found["shown"]:
            wrong.append(f"{name} was moved to {one['transfer_to']}, by its record, and not to {found['shown']}")
        last = found["calls"][name][-1]
        if last["heard"] < FRAMES * len(TONE_FRAME) * 0.9:
            wrong.append(f"{name} heard {last['heard']} bytes of its own on the other server")
        if transfers[name] != 1:
            wrong.append(f"the transfer of {name} was told {transfers[name]} times")
    times = sorted(row["ended_at"] for row in found["rows"] if row["end_reason"] == "handed_over")
    spread = (times[-1] - times[0]) / 1000 if times else 0
    if spread < (len(moved) - 1) / RATE - 0.5:
        wrong.append(f"{len(moved)} calls went within {spread:.2f} s, more than {RATE} a second")
    return wrong


def goodbye_faults(found):
    """What is wrong with an end at the deadline: each caller hears the goodbye, and is recorded."""
    first, second = found["servers"]
    wrong = common_faults(found)
    rows = {row["call_id"]: row for row in found["rows"]}
    parting = {name for name, row in rows.items() if row["end_reason"] == "shutdown"}
    if not found["held"] or len(parting) != found["held"]:
        wrong.append(f"{found['held']} calls were up at the deadline, and {len(parting)} were ended by it")
    ends = {event["data"]["call_id"]: event["data"] for event in found["events"] if event["type"] == "call.ended"}
    for name, row in rows.items():
        wanted = (first, "server", "shutdown") if name in parting else (second, "caller", "stop")
        if (row["server"], row["ended_by"], row["end_reason"]) != wanted:
            wrong.append(f"{name} was ended by {row['ended_by']}, {row['end_reason']}, on {row['server']}")
        if ends.get(name, {}).get("end_reason") != row["end_reason"]:
            wrong.append(f"the end of {name} was told as {ends.get(name, {}).get('end_reason')}")
        if name not in parting:
            continue
        leg = found["calls"][name][-1]
        if leg["told"] != "session.hangup":
            wrong.append(f"{name} was told {leg['told']}, and not to hang up")
        if abs(leg["tone_seconds"] - TONE_SECONDS) > 0.05 or abs((row["heard_ms"] or 0) / 1000 - TONE_SECONDS) > 0.1:
            wrong.append(f"{name} heard {leg['tone_seconds']:.2f} s of the goodbye, by its record {row['heard_ms']} ms")
    return wrong


def tone_seconds(samples):
    """How long the tone lasts in what was heard: stretches of 20 ms in which it is above all else."""
    count = 0
    for start in range(0, len(samples) - 319, 320):
        values = [int.from_bytes(samples[place:place + 2], "little", signed=True) for place in range(start, start + 320, 2)]
        energy = sum(value * value for value in values)
        turn = 2 * math.pi * TONE / RATE_HZ
        real = sum(value * math.cos(turn * place) for place, value in enumerate(values))
        imaginary = sum(value * math.sin(turn * place) for place, value in enumerate(values))
        count += energy > 0 and 2 * (real * real + imaginary * imaginary) / len(values) > 0.8 * energy
    return count * 0.02


async def stop_under_calls(stage, deaf=False):
    """Tells the first server to stop under calls; gives the platform, how many calls it had, and how long it took."""
    first, second = stage.servers
    platform = Platform(stage.home / "certificate.pem", deaf)
    url = stage.proxies[0].url + "/moved?token=" + TOKEN
    calls = [asyncio.create_task(platform.call(f"call_{number}", url)) for number in range(FEW)]
    started = lambda server: len(server.lines(0, "call started"))
    await in_thread(wait_for, "all calls", lambda: started(first) + started(second) == FEW)
    held = started(first)
    ending = asyncio.create_task(in_thread(first.end, signal.SIGTERM, 60))
    await asyncio.sleep(0.5)
    # New ones go on arriving.
    calls += [asyncio.create_task(platform.call(f"call_{FEW + number}", url)) for number in range(3)]
    status, took = await ending
    # Half a second of speech on the other server, and some time for a machine that is busy.
    await asyncio.sleep(2)
    platform.over.set()
    await asyncio.gather(*calls)
    if status:
        raise Wrong(f"the server ended with status {status} when told to stop")
    return platform, held, took


def gather(stage, sink, platform, held):
    """What was found on all sides, once the spools are empty: the first server is started again, for it has told what it could."""
    first, second = stage.servers
    first.start()
    wait_for("an empty spool", lambda: not any(any(server.waiting().values()) for server in stage.servers), PATIENCE)
    for server in stage.servers:
        server.end(signal.SIGTERM)
    return {
        "servers": [first.host, second.host], "held": held, "shown": stage.proxies[0].url + "/moved",
        "rows": [row | {"server": server.host} for server in stage.servers for row in server.rows(server.records, ROWS)],
        "events": sink.taken, "endpoint_faults": sink.faults,
        "left": [server.waiting() for server in stage.servers],
        "logged": (stage.proxies[0].home / "proxy.log").read_text(),
        "calls": {name: [{"status": leg.status, "told": (leg.told or {}).get("type"), "heard": len(leg.samples),
                          "tone_seconds": tone_seconds(bytes(leg.samples))} for leg in legs]
                  for name, legs in platform.calls.items()},
    }


def run(program, home, drain, deadline="1m", deaf=False, changes=()):
    """What was found, and how long the server took to end."""
    sink = endpoint.Endpoint(["127.0.0.11", "127.0.0.12"])

    def more(stage, host):
        return sink.section(host, home / f"{host}-webhooks.sqlite") + "\n" + drain(stage) + "\n"

    try:
        with Stage(program, home, "haproxy", changes={"haproxy": changes}, deadline=deadline, more=more) as stage:
            platform, held, took = asyncio.run(stop_under_calls(stage, deaf))
            return gather(stage, sink, platform, held), took
    finally:
        sink.close()


def see_planted(what, found, judge, changes):
    """Each loss that is planted into what was found must be seen."""
    for name, (change, words) in changes.items():
        other = copy.deepcopy(found)
        change(other)
        if not any(words in text for text in judge(other)):
            raise Wrong(f"planted, {name}: not seen")
    print(f"  planted, {what}: {len(changes)} losses are seen: {', '.join(changes)}")


def lost(kind):
    def change(other):
        del other["events"][next(place for place, event in enumerate(other["events"]) if event["type"] == kind)]
    return change


def again(kind):
    def change(other):
        other["events"].append(next(event for event in other["events"] if event["type"] == kind) | {"event_id": "f" * 32})
    return change


LOSSES = {
    "a record deleted": (lambda other: other["rows"].pop(), "records, and"),
    "an end not told": (lost("call.ended"), "ends told, and"),
    "a start not told": (lost("call.started"), "starts told, and"),
    "an end told under two ids": (again("call.ended"), "under 2 ids"),
}


def check(program, home):
    hand_over = lambda stage: f"drain: {{hand_over: '{stage.proxies[0].url}', hand_over_rate: {RATE}}}"
    found, took = run(program, home / "moved", hand_over)
    wrong = moved_faults(found)
    print("  hand-over: " + ", ".join(f"{number} {name}" for name, number in numbers(found).items()))
    if wrong:
        raise Wrong("hand-over: " + "; ".join(wrong[:8]))
    print(f"  {found['held']} of {FEW} calls were up when the server was told to stop: all were handed over, and it ended after "
          f"{took:.1f} s; each has two records and is told of twice, by one id of the call and two of its streams, and spoke with "
          "the other server; 3 new ones came to that")

    def unmoved(other):
        row = next(row for row in other["rows"] if row["end_reason"] == "handed_over")
        other["rows"].remove(next(one for one in other["rows"] if one["call_id"] == row["call_id"] and one is not row))

    see_planted("in what was found", found, moved_faults, LOSSES | {
        "a second half without a record": (unmoved, "has the records"),
        "a transfer not told": (lost("call.transfer"), "was told 0 times"),
        "a record that shows the token": (
            lambda other: next(row for row in other["rows"] if row["transfer_to"]).update(
                transfer_to=other["shown"] + "?token=" + TOKEN),
            "by its record, and not to"),
    })
    found, _ = run(program, home / "deaf", hand_over, deaf=True, changes=[('    log-format "', '    option httplog\n    #"')])
    wrong = moved_faults(found)
    planted = {"a platform that does not move calls": "has the records", "a proxy that logs tokens": "the token of one"}
    for what, words in planted.items():
        said = [text for text in wrong if words in text]
        if not said:
            raise Wrong(f"planted, {what}: {wrong}")
        print(f"  planted, {what}: seen: {said[0][:150]}")

    file = home / "goodbye.wav"
    sound.write(str(file), RATE_HZ, tone(int(RATE_HZ * TONE_SECONDS)))
    found, took = run(program, home / "goodbye", lambda _: f"drain: {{goodbye: {file}}}", deadline="2s")
    wrong = goodbye_faults(found)
    print("  goodbye: " + ", ".join(f"{number} {name}" for name, number in numbers(found).items()))
    if wrong:
        raise Wrong("goodbye: " + "; ".join(wrong[:8]))
    if took > 2 + TONE_SECONDS + 8 + 12:
        raise Wrong(f"goodbye: the server took {took:.1f} s to end")
    print(f"  {found['held']} of {FEW} calls were up at the deadline of 2 s: each heard the goodbye to its end, was hung up, "
          f"recorded and told of as shutdown; the server ended after {took:.1f} s, and the other one's calls went on")

    def unheard(other):
        next(legs for legs in other["calls"].values() if legs[-1]["told"])[-1]["tone_seconds"] = 0.0

    see_planted("in what was found", found, goodbye_faults, LOSSES | {"a goodbye that is not heard": (unheard, "of the goodbye")})


def main():
    program, home = sys.argv[1:]
    home = pathlib.Path(home)
    home.mkdir(parents=True, exist_ok=True)
    try:
        check(program, home)
    except Wrong as wrong:
        raise SystemExit(f"WRONG: {wrong}")


if __name__ == "__main__":
    main()
