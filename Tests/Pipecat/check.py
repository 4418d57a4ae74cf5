# SPDX-License-Identifier: Apache-2.0
"""Holds `voicebridge serve` and `voicebridge call` against pipecat's serializers.

    check.py VOICEBRIDGE FOLDER [--only DIALECT…]

FOLDER takes what is written. Exit status 0 when all is as the documents and disagreements.py say.
"""
import argparse
import asyncio
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Realtime"))

from websockets.asyncio.client import connect  # noqa: E402
from websockets.asyncio.server import serve  # noqa: E402
from websockets.exceptions import ConnectionClosed  # noqa: E402

import compare  # noqa: E402
import disagreements  # noqa: E402
import golden  # noqa: E402
import peer as pipecat  # noqa: E402
import served  # noqa: E402
import sound  # noqa: E402

OURS, THEIRS = 700, 1200


class Failed(Exception):
    pass


def expect(condition, problem):
    if not condition:
        raise Failed(problem)


def has(samples, frequency, rate, seconds):
    """Whether a tone is heard for so long, in stretches of 50 ms."""
    size = rate // 20
    count = 0
    for start in range(0, len(samples) - size, size):
        piece = samples[start : start + size]
        count += sound.level(piece) > 1000 and sound.strength(piece, frequency, rate) > 0.8
    return count * 0.05 >= seconds


class Caller:
    """A platform that calls the server; its own messages are golden or pipecat's."""

    count = 0

    def __init__(self, kind, url, planted=False):
        self.platform, self.url, self.planted = kind(), url, planted
        self.messages = []
        self.answers = []
        Caller.count += 1
        self.call = f"{self.platform.call}-{Caller.count}"

    async def run(self, script):
        self.peer = await pipecat.Peer(self.platform.name).set_up()
        async with connect(self.url, additional_headers=self.platform.headers(), max_size=None) as self.socket:
            reader = asyncio.create_task(self.read())
            await self.tell(self.platform.opening())
            await script(self)
            await self.tell(self.platform.closing())
            # What the bot says last may still be under way; nothing tells that it has said all.
            await asyncio.sleep(0.3)
            await self.socket.close()
            await reader

    async def tell(self, messages):
        """Sends messages of the call, and keeps what pipecat answers them."""
        for message in messages:
            message = message.replace(f'"{self.platform.call}"', f'"{self.call}"')
            await self.send(message)
            read = await self.peer.read(message)
            if read and read[0] == "answer":
                self.answers.append(read[1])

    async def read(self):
        try:
            async for message in self.socket:
                self.messages.append(message)
        except ConnectionClosed:
            pass

    async def send(self, message):
        if self.planted and pipecat.is_text(message):
            for name in ("payload", "digit"):
                message = pipecat.renamed(message, name, f"{name}_")
        elif self.planted:
            message = bytes(len(message))
        await self.socket.send(message)

    async def say(self, frequency, seconds, write):
        """Sends a tone, in time; `write` makes a message of PCM and the coded bytes."""
        platform = self.platform
        samples = sound.tone(frequency, seconds, platform.rate) if frequency else sound.silence(seconds, platform.rate)
        size = platform.rate * platform.frame_ms // 1000
        began = time.monotonic()
        for chunk, start in enumerate(range(0, len(samples), size)):
            piece = samples[start : start + size]
            await self.send(await write(piece, chunk + 1))
            await asyncio.sleep(max(0, began + (chunk + 1) * platform.frame_ms / 1000 - time.monotonic()))

    async def golden(self, piece, chunk):
        data = sound.coded(piece, self.platform.encoding)
        message = self.platform.media(data, chunk)
        heard = sound.coded(sound.decoded(data, self.platform.encoding), "pcm")
        if self.platform.name != "genesys" or self.answers:
            expect(await self.peer.read(message) == ("audio", heard), "pipecat reads other sound in a golden message")
        return message

    async def theirs(self, piece, chunk):
        return await self.peer.write_audio(sound.coded(piece, "pcm"))


async def echo(caller):
    await caller.say(OURS, 0.8, caller.golden)
    await caller.say(None, 0.3, caller.golden)
    if caller.platform.is_symmetric:
        await caller.say(THEIRS, 0.8, caller.theirs)
    await caller.say(None, 0.5, caller.golden)


async def interrupt(caller):
    await caller.say(None, 1.2, caller.golden)
    message = caller.platform.digit("9")
    expect(await caller.peer.read(message) == ("key", "9"), "pipecat reads another key in a golden message")
    await caller.send(message)
    await caller.say(None, 0.8, caller.golden)


async def check_echo(kind, url, planted=False):
    """The server takes golden messages and pipecat's, and what it writes is what pipecat writes and reads."""
    caller = Caller(kind, f"{url}/{kind.name}/echo", planted)
    await caller.run(echo)
    platform = caller.platform
    spoken = [message for message in caller.messages if platform.audio(message) is not None]
    expect(spoken, "the server said nothing")
    # Of a call that is still open: the caller's is over.
    judge = await pipecat.Peer(kind.name).set_up()
    for message in kind().opening():
        await judge.read(message)
    samples = []
    for message in spoken:
        problems = await compare.audio_faults(platform, judge, message)
        expect(not problems, "; ".join(problems))
        samples += sound.decoded(platform.audio(message), platform.encoding)
    expect(has(samples, OURS, platform.rate, 0.6), "golden sound does not come back")
    expect(not platform.is_symmetric or has(samples, THEIRS, platform.rate, 0.6), "pipecat's sound does not come back")
    theirs = await judge.write_audio(bytes(320))
    missed = compare.self_test(platform, spoken[0], theirs)
    expect(not missed, f"nobody misses {missed}")
    return len(spoken)


async def check_clear(kind, url):
    """The server's clear is pipecat's, and so are its answers to what the protocol asks."""
    caller = Caller(kind, f"{url}/{kind.name}/menu")
    await caller.run(interrupt)
    platform = caller.platform
    texts = [message for message in caller.messages if platform.audio(message) is None]
    clear = await caller.peer.write_clear()
    clears = [message for message in texts if platform.kind(message) == platform.kind(clear)]
    expect(clears, f"no {platform.kind(clear)} among {[platform.kind(message) for message in texts]}")
    pairs = [(message, clear) for message in clears]
    for answer in caller.answers:
        matching = [message for message in texts if platform.kind(message) == platform.kind(answer)]
        expect(matching, f"no {platform.kind(answer)} among {[platform.kind(message) for message in texts]}")
        pairs.append((matching[0], answer))
    for message, theirs in pairs:
        problems = compare.faults(platform, message, theirs)
        expect(not problems, "; ".join(problems))
        missed = compare.self_test(platform, message, theirs)
        expect(not missed, f"{platform.kind(message)}: nobody misses {missed}")
    for key in disagreements.UNREAD_KEYS:
        expect(await caller.peer.read(platform.digit(key)) is None, f"pipecat reads the key {key} now")
    return len(pairs)


class Bot:
    """A server that says what it hears and clears at each key, its messages pipecat's.

    `left` is what is not put right of them: `sizes`, `position`, or nothing; a `planted` one has names that are wrong.
    """

    def __init__(self, left=None, planted=False):
        self.left, self.planted = left, planted
        self.keys = ""
        self.kind = None
        self.waiting = b""

    async def answer(self, socket, name):
        first = []
        peer = await pipecat.Peer(name).set_up() if name not in pipecat.TOLD_APART else None
        async for message in socket:
            if peer is None:
                first.append(message)
                if len(first) < 2:
                    continue
                self.kind, stream = await pipecat.told_apart(first)
                peer = await pipecat.Peer(name, stream).set_up()
            read = await peer.read(message)
            if read is None:
                if pipecat.is_text(message) and json.loads(message).get("event") == "stop":
                    return
                continue
            what, value = read
            if what == "audio":
                for piece in self.pieces(name, value):
                    await self.send(socket, await peer.write_audio(piece))
            elif what == "answer":
                await self.send(socket, value)
            else:
                self.keys += value
                await self.send(socket, await peer.write_clear())

    def pieces(self, name, pcm):
        """Sound in the sizes that the platform's document asks for; in those that came when nothing is put right."""
        size = {"exotel": 3200, "genesys": 3200}.get(name)
        if self.left == "sizes" or size is None:
            return [pcm]
        self.waiting += pcm
        whole = len(self.waiting) // size * size
        data, self.waiting = self.waiting[:whole], self.waiting[whole:]
        return [data[start : start + size] for start in range(0, whole, size)]

    async def send(self, socket, message):
        if pipecat.is_text(message):
            value = json.loads(message)
            if self.left != "position" and "version" in value:
                value.pop("position", None)
            message = json.dumps(value, separators=(",", ":"))
            if self.planted:
                for name in ("payload", "action", "parameters"):
                    message = pipecat.renamed(message, name, f"{name}_")
        await socket.send(message)


async def check_bot(kind, voicebridge, folder, left=None, planted=False):
    """A simulated platform takes what pipecat writes, and pipecat what it writes."""
    bot = Bot(left, planted)
    name = kind.name
    mode = "planted" if planted else left or "right"

    async def handle(socket):
        try:
            await bot.answer(socket, name)
        except ConnectionClosed:
            pass

    server = await serve(handle, "127.0.0.1", 0, subprotocols=None)
    port = server.sockets[0].getsockname()[1]
    said, heard = folder / f"{name}.{mode}.said.wav", folder / f"{name}.{mode}.heard.wav"
    sound.write_wave(said, sound.tone(OURS, 1.0, 8000) + sound.silence(0.2, 8000))
    call = await asyncio.create_subprocess_exec(
        voicebridge, "call", f"ws://127.0.0.1:{port}/", "--dialect", name, "--json", "--audio", said, "--record", heard,
        "--dtmf", "5@1.5,#@1.8", "--for", "2.3", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await asyncio.wait_for(call.communicate(), 60)
    server.close()
    result = json.loads(output)
    violations = [(one["rule"], one["detail"]) for one in result["violations"]]
    if left:
        rule, words, follows, _ = disagreements.VIOLATIONS[name, left]
        expect(follows == "document", f"the simulated platform follows {follows} no more")
        expect(violations and violations[0][0] == rule and words in violations[0][1], f"violations: {violations}")
        return 0
    expect(not violations, f"violations: {violations}")
    expect(result["ended_as_told"], f"end: {result['end_reason']}")
    expect(bot.keys == "5#", f"pipecat read the keys {bot.keys!r}")
    expect(bot.kind == (name if name in pipecat.TOLD_APART else None), f"pipecat takes it for {bot.kind}")
    names = [command["type"] for command in result["commands"]]
    expect(any(one in names for one in ("clear", "clearAudio", "event")), f"no clear among {names}")
    samples, rate = sound.read_wave(heard)
    expect(has(samples, OURS, rate, 0.7), "the caller does not hear himself")
    return result["frames_received"]


def configuration(kinds):
    routes = []
    for kind in kinds:
        for path, bot in (("echo", "echo"), ("menu", "receptionist")):
            routes.append(
                {
                    "path": f"/{kind.name}/{path}", "dialect": kind.name, "authentication": {"none": True}, "bot": bot,
                    "audio": {"doctor": False},
                }
            )
    return {"listen": {"port": 0, "plain": True}, "admin": {"port": 0}, "routes": routes}


async def verdict(name, what, work, fails=False):
    """Runs one check and prints what it came to; a planted fault has to fail."""
    try:
        came = await asyncio.wait_for(work, 60)
        problem = "the planted fault was not seen" if fails else None
    except (Failed, ConnectionClosed, KeyError, ValueError, OSError, asyncio.TimeoutError) as error:
        came, problem = 0, None if fails and isinstance(error, (Failed, ConnectionClosed)) else repr(error)
    print(f"{name}, {what}: {'FAILED: ' + problem if problem else 'passed'}{f' ({came})' if came else ''}")
    return problem is None


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("voicebridge")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", nargs="*")
    arguments = parser.parse_args()
    folder, voicebridge = arguments.folder, arguments.voicebridge
    kinds = [kind for kind in golden.ALL if not arguments.only or kind.name in arguments.only]
    expect(kinds, "no such dialect")
    file = folder / "server.yaml"
    file.write_text(json.dumps(configuration(kinds), indent=1))
    with open(folder / "server.log", "w") as log:
        process, url = await served.begin(voicebridge, file, log)
    try:
        outcomes = []
        for kind in kinds:
            outcomes += await asyncio.gather(
                verdict(kind.name, "server's audio", check_echo(kind, url)),
                verdict(kind.name, "planted in the platform", check_echo(kind, url, planted=True), fails=True),
                verdict(kind.name, "server's clear", check_clear(kind, url)),
                verdict(kind.name, "simulated platform", check_bot(kind, voicebridge, folder)),
                verdict(
                    kind.name, "planted in pipecat", check_bot(kind, voicebridge, folder, planted=True), fails=True
                ),
            )
            for name, left in disagreements.VIOLATIONS:
                if name == kind.name:
                    work = check_bot(kind, voicebridge, folder, left)
                    outcomes.append(await verdict(name, f"{left} as pipecat has them", work))
    finally:
        has_ended_well = await served.end(process)
    outcomes += [] if has_ended_well else [False]
    print(f"pipecat: {len(kinds)} dialects, {len(outcomes)} checks, {outcomes.count(False)} failures")
    return 1 if outcomes.count(False) else 0


sys.exit(asyncio.run(main()))
