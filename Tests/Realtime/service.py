# SPDX-License-Identifier: Apache-2.0
"""A realtime service for tests: it hears speech by loudness, answers with tones, and goes wrong when told to.

What it says is built from the types of the `openai` package, what it is told must parse as theirs.
"""
import asyncio
import base64
import itertools
import json
import time

import events
import sound

FORMATS = {
    "audio/pcmu": ("ulaw", 8000), "g711_ulaw": ("ulaw", 8000), "audio/pcm": ("pcm", 24000), "pcm16": ("pcm", 24000),
}
# The longest of audio in one delta, and how fast deltas follow: ten times as fast as they are played.
DELTA_SECONDS, DELTA_PAUSE = 0.2, 0.02


class Answer:
    """What an answer is to be: so many seconds of a tone, words, and calls of functions as (name, arguments)."""

    def __init__(self, seconds=1.0, frequency=440, words="All is well.", calls=(), pause=DELTA_PAUSE, before=0.0):
        self.seconds, self.frequency, self.words, self.calls = seconds, frequency, words, calls
        self.pause, self.before = pause, before


class Scenario:
    """What the service does on the connections of one call, and what it was told on them.

    Faults are attributes of subclasses; a hook that returns true has done the work itself.
    """

    names = "ga"
    greets = True
    answers = [Answer()]
    # The answer once all others were given.
    last = Answer(seconds=0.4, words="Go on.")
    hears = True

    def __init__(self):
        self.connections = []
        self.requests = []
        self.faults = []
        self.plan = iter(self.answers)

    def request(self, headers):
        """The opening request; a status and headers refuse it."""
        self.requests.append((time.monotonic(), {name.lower(): value for name, value in headers.raw_items()}))
        return None

    def session(self, session):
        """What is told of the session that was asked for."""
        return session

    async def update(self, connection, event):
        return False

    async def delta(self, connection, answer, index):
        """Before a delta of an answer."""

    async def truncate(self, connection, event, length):
        return False

    async def interrupted(self, connection, answer):
        """After an answer was cancelled."""

    def told(self, kind, connection=None):
        """All events of a type that were told, in order."""
        chosen = self.connections if connection is None else [self.connections[connection]]
        return [event for one in chosen for at, event in one.told if event["type"] == kind]


class Connection:
    """One session."""

    numbers = itertools.count(1)

    def __init__(self, socket, scenario):
        self.socket, self.scenario = socket, scenario
        self.began = time.monotonic()
        self.told, self.said = [], []
        self.encoding, self.rate = "pcm", 24000
        self.items = {}
        self.running = None
        self.heard = bytearray()
        self.unheard = bytearray()
        self.loud = self.quiet = 0.0
        self.speaking = False
        # Takes everything and answers nothing, as a session that is over.
        self.is_deaf = False
        self.turns_of_mine = True
        scenario.connections.append(self)

    def new(self, prefix):
        return f"{prefix}_{next(self.numbers)}"

    async def say(self, kind, **members):
        text = events.write(self.scenario.names, {"type": kind, "event_id": self.new("event"), **members})
        self.said.append((time.monotonic() - self.began, text))
        await self.socket.send(text)

    async def fault(self, code, message, about=None, kind="invalid_request_error"):
        error = {"type": kind, "code": code, "message": message}
        if about:
            error["event_id"] = about
        await self.say("error", error=error)

    async def run(self):
        beta = self.scenario.names == "beta"
        if self.scenario.greets:
            session = {"id": self.new("sess")} if beta else {"type": "realtime", "output_modalities": ["audio"]}
            await self.say("session.created", session=session)
        async for text in self.socket:
            event = events.read(self.scenario.names, text)
            if event["type"] != "input_audio_buffer.append":
                self.told.append((time.monotonic() - self.began, event))
            if not self.is_deaf:
                await getattr(self, event["type"].replace(".", "_"))(event)

    async def session_update(self, event):
        if await self.scenario.update(self, event):
            return
        session = event["session"]
        if self.scenario.names == "beta":
            name = session["input_audio_format"]
            self.turns_of_mine = session["turn_detection"] is not None
        else:
            name = session["audio"]["input"]["format"]["type"]
            self.turns_of_mine = session["audio"]["input"]["turn_detection"] is not None
        self.encoding, self.rate = FORMATS[name]
        await self.say("session.updated", session=self.scenario.session(session))

    async def input_audio_buffer_append(self, event):
        data = base64.b64decode(event["audio"], validate=True)
        self.heard += data
        self.unheard += data
        frame = self.rate // 50 * (2 if self.encoding == "pcm" else 1)
        while len(self.unheard) >= frame:
            piece, self.unheard = self.unheard[:frame], self.unheard[frame:]
            if self.scenario.hears and self.turns_of_mine:
                await self.listen(sound.level(sound.decoded(bytes(piece), self.encoding)) > 500)

    async def listen(self, is_loud):
        self.loud = self.loud + 0.02 if is_loud else 0.0
        self.quiet = 0.0 if is_loud else self.quiet + 0.02
        at = len(self.heard) * 1000 // (self.rate * (2 if self.encoding == "pcm" else 1))
        if not self.speaking and self.loud > 0.1:
            self.speaking, self.turn = True, self.new("item")
            await self.say("input_audio_buffer.speech_started", audio_start_ms=at, item_id=self.turn)
            await self.stop("turn_detected")
        elif self.speaking and self.quiet >= 0.5:
            self.speaking = False
            await self.say("input_audio_buffer.speech_stopped", audio_end_ms=at, item_id=self.turn)
            await self.say("input_audio_buffer.committed", item_id=self.turn)
            if self.scenario.names == "ga":
                await self.say(
                    "conversation.item.input_audio_transcription.completed",
                    item_id=self.turn, content_index=0, transcript="What the caller said.",
                    usage={"type": "duration", "seconds": 1},
                )
            self.begin({})

    async def input_audio_buffer_commit(self, event):
        await self.say("input_audio_buffer.committed", item_id=self.new("item"))

    async def conversation_item_create(self, event):
        item = {"id": self.new("item"), **event["item"]}
        if self.scenario.names == "ga":
            await self.say("conversation.item.added", item=item)
            await self.say("conversation.item.done", item=item)

    async def conversation_item_delete(self, event):
        if self.items.pop(event["item_id"], None) is None:
            return await self.fault("item_delete_invalid_item_id", "there is no such item", event.get("event_id"))
        await self.say("conversation.item.deleted", item_id=event["item_id"])

    async def conversation_item_truncate(self, event):
        length = self.items.get(event["item_id"])
        if length is None:
            self.scenario.faults.append(f"{event['item_id']} is cut, which there is not")
            return await self.fault("invalid_value", "there is no such item", event.get("event_id"))
        if event["audio_end_ms"] > length or event["audio_end_ms"] <= 0:
            self.scenario.faults.append(f"cut at {event['audio_end_ms']} ms of {length} ms")
        if await self.scenario.truncate(self, event, length):
            return
        self.items[event["item_id"]] = event["audio_end_ms"]
        await self.say(
            "conversation.item.truncated",
            item_id=event["item_id"], content_index=event["content_index"], audio_end_ms=event["audio_end_ms"],
        )

    async def response_cancel(self, event):
        if not await self.stop("client_cancelled"):
            await self.fault("response_cancel_not_active", "nothing runs", event.get("event_id"))

    async def response_create(self, event):
        if self.running:
            self.scenario.faults.append("an answer was asked for while one ran")
            code = "conversation_already_has_active_response"
            return await self.fault(code, "one runs already", event.get("event_id"))
        self.begin(event.get("response") or {})

    def begin(self, wish):
        answer = next(self.scenario.plan, self.scenario.last)
        response = self.new("resp")
        task = asyncio.create_task(self.give(answer, response))
        self.running = (response, answer, task)

    async def stop(self, reason):
        if not self.running:
            return False
        response, answer, task = self.running
        self.running = None
        task.cancel()
        await self.done(response, "cancelled", details={"type": "cancelled", "reason": reason})
        await self.scenario.interrupted(self, answer)
        return True

    async def done(self, response, status, output=(), details=None):
        await self.say(
            "response.done",
            response={
                "id": response, "object": "realtime.response", "status": status, "output": list(output),
                **({"status_details": details} if details else {}),
                "usage": {"input_tokens": 100, "output_tokens": 50, "total_tokens": 150},
            },
        )

    def kind(self, current, beta):
        return current if self.scenario.names == "ga" else beta

    async def give(self, answer, response):
        try:
            await asyncio.sleep(answer.before)
            await self.say("response.created", response={"id": response, "status": "in_progress", "output": []})
            output = []
            if answer.seconds:
                output.append(await self.speak(answer, response))
            for name, arguments in answer.calls:
                output.append(await self.call(response, len(output), name, arguments))
            self.running = None
            await self.done(response, "completed", output)
        except Exception as error:
            self.scenario.faults.append(f"the service itself: {error!r}")
            raise

    async def speak(self, answer, response):
        item = self.new("item")
        place = {"response_id": response, "item_id": item, "output_index": 0, "content_index": 0}
        message = {"id": item, "type": "message", "role": "assistant", "content": []}
        self.items[item] = 0
        await self.say("response.output_item.added", response_id=response, output_index=0, item=message)
        await self.say("response.content_part.added", **place, part={"type": "audio", "transcript": ""})
        samples = sound.tone(answer.frequency, answer.seconds, self.rate)
        size = int(DELTA_SECONDS * self.rate)
        words = answer.words.split(" ")
        for index, start in enumerate(range(0, len(samples), size)):
            piece = samples[start : start + size]
            await self.scenario.delta(self, answer, index)
            if index < len(words):
                text = words[index] if index == 0 else " " + words[index]
                kind = self.kind("response.output_audio_transcript.delta", "response.audio_transcript.delta")
                await self.say(kind, **place, delta=text)
            await self.send_audio(place, piece)
            await asyncio.sleep(answer.pause)
        await self.say(self.kind("response.output_audio.done", "response.audio.done"), **place)
        kind = self.kind("response.output_audio_transcript.done", "response.audio_transcript.done")
        await self.say(kind, **place, transcript=answer.words)
        content = {"type": "output_audio", "transcript": answer.words}
        if self.scenario.names == "beta":
            content = {"type": "text", "text": answer.words}
        message = {**message, "content": [content], "status": "completed"}
        await self.say("response.output_item.done", response_id=response, output_index=0, item=message)
        return message

    async def send_audio(self, place, samples):
        self.items[place["item_id"]] += len(samples) * 1000 // self.rate
        delta = base64.b64encode(sound.coded(samples, self.encoding)).decode()
        await self.say(self.kind("response.output_audio.delta", "response.audio.delta"), **place, delta=delta)

    async def call(self, response, index, name, arguments):
        item, call = self.new("item"), self.new("call")
        arguments = json.dumps(arguments)
        place = {"response_id": response, "item_id": item, "output_index": index}
        message = {"id": item, "type": "function_call", "call_id": call, "name": name, "arguments": arguments}
        await self.say("response.output_item.added", response_id=response, output_index=index, item=message)
        named = {"name": name} if self.scenario.names == "ga" else {}
        await self.say("response.function_call_arguments.done", **place, call_id=call, arguments=arguments, **named)
        return message
