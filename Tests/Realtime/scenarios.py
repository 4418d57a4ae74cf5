# SPDX-License-Identifier: Apache-2.0
"""The calls that are put through: what the service does in each, and what must come of it."""
import asyncio
import json

import sound
from service import Answer, Scenario

KEY = "sk-of-the-test-2f9c1d7e"


class Failed(Exception):
    """A call did not come out as it must."""


def expect(condition, text):
    if not condition:
        raise Failed(text)


class Call(Scenario):
    """A call with a caller who says one word of 300 Hz for a second, in the midst of the greeting of three."""

    secure = False
    seconds = 6.0
    encoding = "ulaw"
    caller = [(0, 1.5), (300, 1.0), (0, 3.0)]
    options = {}
    arguments = []
    answers = [Answer(seconds=3.0, words="Good morning to you, dear caller."), Answer(frequency=660)]
    expected_faults = []
    # Whether the bot gives up, which the platform is told by the close code 1011.
    fails = False

    def caller_samples(self):
        return [x for pitch, time in self.caller for x in sound.tone(pitch, time, 8000)]

    def check(self, call):
        """Looks at what came of it; raises `Failed`."""

    def check_ended(self, call, by="caller"):
        expect(call.result["ended_by"] == by, f"ended by {call.result['ended_by']} ({call.result['end_reason']})")

    def check_logged(self, call, text):
        expect(text in call.log, f"nothing in the log says '{text}'")


class Plain(Call):
    secure = True
    options = {"voice": "marin", "instructions": "Be brief.", "language": "en-IN"}

    def check(self, call):
        self.check_ended(call)
        at, headers = self.requests[0]
        expect(headers.get("authorization") == f"Bearer {KEY}", "the key did not come")
        session = self.told("session.update")[0]["session"]
        expect(session["audio"]["output"]["voice"] == "marin", "no voice")
        expect("Be brief." in session["instructions"] and "en-IN" in session["instructions"], "no instructions")
        expect([tool["name"] for tool in session["tools"]] == ["end_call"], "no tools")
        caller = sound.coded(self.caller_samples(), "ulaw")[:16000]
        expect(bytes(self.connections[0].heard[:16000]) == caller, "the caller's bytes are not what was heard")
        cuts = self.told("conversation.item.truncate")
        expect(len(cuts) == 1, f"{len(cuts)} cuts")
        clears = [c for c in call.result["commands"] if c["type"] == "audio.clear"]
        expect(len(clears) == 1, f"{len(clears)} clears")
        heard = clears[0]["at_ms"] - call.result["first_audio_ms"]
        expect(abs(heard - cuts[0]["audio_end_ms"]) < 250, f"cut at {cuts[0]['audio_end_ms']} ms, heard {heard} ms")
        expect(call.has(440, 0.0, 2.0), "the greeting was not heard")
        expect(call.has(660, 2.5, 6.0), "the answer was not heard")
        self.check_logged(call, "1 interrupted")


class Linear(Call):
    """Linear audio at 8 kHz on the line, at 24 kHz at the service."""

    encoding = "pcm"
    options = {"greeting": "Namaste."}

    def check(self, call):
        self.check_ended(call)
        expect("Namaste." in self.told("response.create")[0]["response"]["instructions"], "no greeting")
        heard = sound.decoded(bytes(self.connections[0].heard), "pcm")
        word = heard[int(1.8 * 24000) : int(2.2 * 24000)]
        expect(sound.strength(word, 300, 24000) > 0.99, "the caller's tone did not come at 24 kHz")
        expect(call.has(440, 0.0, 2.0) and call.has(660, 2.5, 6.0), "the answers were not heard at 8 kHz")


class Beta(Call):
    names = "beta"
    options = {"events": "beta"}

    def check(self, call):
        self.check_ended(call)
        at, headers = self.requests[0]
        expect(headers.get("openai-beta") == "realtime=v1", "no beta header")
        expect(len(self.told("conversation.item.truncate")) == 1, "no cut")
        expect(call.has(440, 0.0, 2.0) and call.has(660, 2.5, 6.0), "the answers were not heard")


class Semantic(Call):
    """A session with every setting that others leave alone."""

    seconds = 3.0
    caller = [(0, 3.0)]
    options = {
        "turn_detection": "semantic", "transcription": "", "maximum_tokens": 500, "audio": "pcm", "speaks_first": False,
        "tools": ["end_call", "hang_up", "send_digits"], "transfers": {"sales": "09810000003"},
    }

    def check(self, call):
        self.check_ended(call)
        session = self.told("session.update")[0]["session"]
        expect(session["audio"]["input"]["turn_detection"]["type"] == "semantic_vad", "no semantic turns")
        expect(session["audio"]["input"]["format"] == {"type": "audio/pcm", "rate": 24000}, "no linear audio")
        expect(session["max_output_tokens"] == 500 and "transcription" not in session["audio"]["input"], "settings")
        expect(len(session["tools"]) == 4, "not all tools")
        expect(len(self.connections[0].heard) > 2.5 * 48000, "the caller's µ-law did not come as linear audio")
        expect(not self.told("response.create"), "the bot spoke first")


class Local(Call):
    """The server finds the turns: it cancels, commits and asks."""

    seconds = 6.0
    options = {"turn_detection": "local"}
    answers = [Answer(seconds=3.0, pause=0.19), Answer(frequency=660)]

    def caller_samples(self):
        return sound.silence(1.5, 8000) + sound.murmur(1.2, 8000) + sound.silence(3.0, 8000)

    def check(self, call):
        self.check_ended(call)
        expect(self.told("session.update")[0]["session"]["audio"]["input"]["turn_detection"] is None, "not manual")
        expect(len(self.told("response.cancel")) == 1, "the answer under way was not cancelled")
        expect(len(self.told("conversation.item.truncate")) == 1, "no cut")
        expect(len(self.told("input_audio_buffer.commit")) == 1, "no commit")
        expect(len(self.told("response.create")) == 2, "the answer was not asked for")
        expect(call.has(660, 2.5, 6.0), "the answer was not heard")


class Slow(Call):
    """The service does not greet, thinks long, and speaks slower than people hear."""

    greets = False
    seconds = 9.0
    caller = [(0, 9.0)]
    answers = [Answer(seconds=1.4, before=0.8, pause=0.4)]

    def check(self, call):
        self.check_ended(call)
        expect(call.result["heard_ms"] >= 1400, f"{call.result['heard_ms']} ms of 1400 ms were heard")
        expect(len(self.connections) == 1, "the service was not waited for")


class Disordered(Call):
    """What belongs to a cancelled answer comes for seconds behind its end."""

    answers = [Answer(seconds=3.0, pause=0.19), Answer(frequency=660)]

    async def interrupted(self, connection, answer):
        response, item = connection.new("resp"), connection.late_item
        for _ in range(10):
            place = {"response_id": connection.late, "item_id": item, "output_index": 0, "content_index": 0}
            await connection.send_audio(place, sound.tone(880, 0.3, connection.rate))
        await connection.say("response.output_audio.done", **place)

    async def delta(self, connection, answer, index):
        connection.late = connection.running[0]
        connection.late_item = list(connection.items)[-1]

    def check(self, call):
        self.check_ended(call)
        expect(not call.has(880, 0.0, 6.0), "what was cancelled was heard")
        expect(call.has(660, 2.5, 6.0), "the answer was not heard")
        self.check_logged(call, "10 late deltas")


class CutOff(Call):
    """The connection breaks in the midst of a delta's frame."""

    caller = [(0, 6.0)]
    answers = [Answer(seconds=2.0, words="Hello there."), Answer(frequency=660)]

    async def delta(self, connection, answer, index):
        if index == 4 and answer.frequency == 440:
            connection.socket.transport.write(b'\x81\x7e\x05\x00{"type":"response.output_audio.delta","delta":"AAA')
            await asyncio.sleep(0.05)
            connection.socket.transport.abort()

    def check(self, call):
        self.check_ended(call)
        expect(len(self.connections) == 2, f"{len(self.connections)} connections")
        told = [json.dumps(event["item"]) for event in self.told("conversation.item.create", 1)]
        expect(any('"assistant"' in text and "Hello there." in text for text in told), f"no context in {told}")
        expect(len(self.told("response.create", 1)) == 1, "the rest was not asked for")
        expect(call.has(440, 0.0, 1.5) and call.has(660, 0.8, 6.0), "not both halves were heard")


class FormatIgnored(Call):
    """The session that comes is not the one that was asked for."""

    fails = True

    def session(self, session):
        audio = json.loads(json.dumps(session["audio"]))
        audio["output"]["format"] = {"type": "audio/pcm", "rate": 24000}
        return {**session, "audio": audio}

    def check(self, call):
        expect(call.result["ended_by"] != "caller", "the call went on")
        expect(call.result["received_ms"] == 0, "noise was heard")
        self.check_logged(call, "answers in audio/pcm at 24000 Hz though audio/pcmu")


class Shorter(Call):
    """Every cut is refused."""

    async def truncate(self, connection, event, length):
        message = f"Audio content of {length}ms is already shorter than {event['audio_end_ms']}ms"
        await connection.fault("invalid_value", message, event.get("event_id"))
        return True

    def check(self, call):
        self.check_ended(call)
        expect(len(self.told("conversation.item.truncate")) == 1, "no cut")
        expect(call.has(660, 2.5, 6.0), "the answer after it was not heard")
        self.check_logged(call, "already shorter than")


class Expired(Call):
    """The session expires when the greeting is over: nothing is heard on it any more, but it stays open."""

    seconds = 7.0
    caller = [(0, 3.2), (300, 1.0), (0, 3.0)]
    answers = [Answer(seconds=1.0, words="Hello there."), Answer(frequency=660)]

    async def update(self, connection, event):
        if len(self.connections) == 1:
            asyncio.create_task(self.expire(connection))
        return False

    async def expire(self, connection):
        await asyncio.sleep(2.0)
        connection.is_deaf = True
        await connection.fault("session_expired", "Your session hit the maximum duration of 60 minutes.")

    def check(self, call):
        self.check_ended(call)
        expect(len(self.connections) == 2, f"{len(self.connections)} connections")
        heard = sum(len(one.heard) for one in self.connections)
        expect(len(self.connections[1].heard) >= 3 * 8000, "the caller did not come to the new session")
        expect(heard >= (call.result["frames_sent"] - 15) * 160, f"{heard} bytes of the caller came")
        told = [json.dumps(event["item"]) for event in self.told("conversation.item.create", 1)]
        expect(any("Hello there." in text for text in told), f"no context in {told}")
        expect(call.has(660, 4.0, 7.0), "the answer was not heard")


class Busy(Call):
    """The first opening request is answered with 429."""

    seconds = 5.0
    caller = [(0, 5.0)]

    def request(self, headers):
        super().request(headers)
        return (429, {"Retry-After": "1"}) if len(self.requests) == 1 else None

    def check(self, call):
        self.check_ended(call)
        expect(len(self.requests) == 2, f"{len(self.requests)} requests")
        pause = self.requests[1][0] - self.requests[0][0]
        expect(1.0 <= pause < 3.0, f"asked again after {pause:.1f} s")
        expect(call.has(440, 1.0, 5.0), "the greeting was not heard")


class WrongKey(Call):
    """The key is not good."""

    fails = True

    def request(self, headers):
        super().request(headers)
        return 401, {}

    def check(self, call):
        expect(call.result["ended_by"] != "caller", "the call went on")
        expect(len(self.requests) == 1, "a bad key was tried again")
        self.check_logged(call, "answered 401 to the opening request")


class Untrusted(Call):
    """The service's certificate is nobody's."""

    secure = "strange"
    fails = True

    def check(self, call):
        expect(call.result["ended_by"] != "caller", "the call went on")
        expect(not self.requests, "the key went to a stranger")
        self.check_logged(call, "is not trusted")


class WrongName(Untrusted):
    """The service's certificate is another host's."""

    secure = "elsewhere"


class FailedAnswer(Call):
    """The first answer fails for its rate."""

    seconds = 5.0
    caller = [(0, 5.0)]

    async def delta(self, connection, answer, index):
        if len(self.told("response.create")) == 1:
            response = connection.running[0]
            connection.running = None
            error = {"type": "server_error", "code": "rate_limit_exceeded"}
            await connection.done(response, "failed", details={"type": "failed", "error": error})
            raise asyncio.CancelledError

    def check(self, call):
        self.check_ended(call)
        expect(len(self.told("response.create")) == 2, "it was not asked for again")
        expect(call.has(660, 1.0, 5.0), "the answer was not heard")


class Unasked(Call):
    """The service has begun to speak of its own accord when it is asked to."""

    seconds = 6.0
    caller = [(0, 6.0)]
    answers = [Answer(seconds=1.0), Answer(frequency=660)]
    expected_faults = ["an answer was asked for while one ran"]

    async def update(self, connection, event):
        connection.encoding, connection.rate = "ulaw", 8000
        connection.begin({})
        await connection.say("session.updated", session=event["session"])
        return True

    def check(self, call):
        self.check_ended(call)
        expect(len(self.told("response.create")) == 2, "it was not asked for again")
        expect(call.has(660, 0.5, 6.0), "the answer that was asked for was not heard")


class Tools(Call):
    """Two functions in one answer, one of which fails; then the model ends the call."""

    seconds = 8.0
    caller = [(0, 8.0)]
    options = {"tools": ["end_call", "send_digits"]}
    answers = [
        Answer(seconds=0.6, calls=[("send_digits", {"digits": "12"}), ("send_digits", {"digits": "x"})]),
        Answer(seconds=1.0, frequency=660, calls=[("end_call", {})]),
    ]

    def check(self, call):
        self.check_ended(call, by="bot")
        outputs = [e["item"] for e in self.told("conversation.item.create")]
        outputs = [item["output"] for item in outputs if item["type"] == "function_call_output"]
        expect(len(outputs) == 3, f"{len(outputs)} answers of functions")
        expect(outputs[0] == '{"ok":true}' and "error" in outputs[1], f"answers: {outputs}")
        expect(call.result["digits_received"] == "12", "the keys were not pressed")
        expect(call.has(660, 0.5, 8.0), "the goodbye was not heard")
        expect(call.result["cut_ms"] == 0, "the goodbye was cut")


class Transfer(Call):
    seconds = 8.0
    caller = [(0, 8.0)]
    options = {"transfers": {"sales": "09810000003"}}
    answers = [Answer(seconds=1.0, calls=[("transfer_call", {"to": "sales"})])]

    def check(self, call):
        transfers = [c for c in call.result["commands"] if c["type"] == "session.transfer"]
        expect(len(transfers) == 1 and "09810000003" in json.dumps(transfers), "no transfer")
        expect(transfers[0]["at_ms"] >= 1000, "the words before it were not waited for")
        expect(call.result["heard_ms"] >= 1000, "the words before it were cut")


class Keys(Call):
    seconds = 4.0
    caller = [(0, 4.0)]
    arguments = ["--dtmf", "5@1.0,#@1.4"]

    def check(self, call):
        self.check_ended(call)
        items = json.dumps([event["item"] for event in self.told("conversation.item.create")])
        expect("5 #" in items, "the model was not told of the keys")
        expect(len(self.told("response.cancel")) + len(self.told("conversation.item.truncate")) >= 1, "not stopped")


class Renewed(Call):
    """A session that grows too old is replaced between two turns."""

    seconds = 15.0
    caller = [(0, 11.2), (300, 0.8), (0, 3.0)]
    options = {"session_age": "10s"}
    answers = [Answer(seconds=1.0, words="Hello there."), Answer(seconds=0.4, frequency=660)]

    def check(self, call):
        self.check_ended(call)
        expect(len(self.connections) == 2, f"{len(self.connections)} connections")
        items = json.dumps([event["item"] for event in self.told("conversation.item.create", 1)])
        expect("Hello there." in items, f"no context in {items}")
        expect(not self.told("response.create", 1), "the caller was greeted twice")
        expect(call.has(660, 11.5, 15.0), "the new session did not answer")


ALL = [
    Plain, Linear, Beta, Semantic, Local, Slow, Disordered, CutOff, FormatIgnored, Shorter, Expired, Busy, WrongKey, Untrusted, WrongName,
    FailedAnswer, Unasked, Tools, Transfer, Keys, Renewed,
]
