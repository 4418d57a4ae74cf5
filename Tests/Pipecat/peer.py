# SPDX-License-Identifier: Apache-2.0
"""pipecat's serializers, as a bot has them, behind one face."""
import json
from types import SimpleNamespace

from loguru import logger

logger.remove()

from pipecat.frames.frames import (  # noqa: E402
    InputAudioRawFrame, InputDTMFFrame, InterruptionFrame, OutputAudioRawFrame, OutputTransportMessageUrgentFrame,
)
from pipecat.runner.utils import parse_telephony_websocket  # noqa: E402
from pipecat.serializers.exotel import ExotelFrameSerializer  # noqa: E402
from pipecat.serializers.genesys import GenesysAudioHookSerializer  # noqa: E402
from pipecat.serializers.plivo import PlivoFrameSerializer  # noqa: E402
from pipecat.serializers.telnyx import TelnyxFrameSerializer  # noqa: E402
from pipecat.serializers.twilio import TwilioFrameSerializer  # noqa: E402
from pipecat.serializers.vonage import VonageFrameSerializer  # noqa: E402

RATES = {"vonage": 16000}
# Platforms that pipecat tells apart by what they send first.
TOLD_APART = {"exotel", "plivo", "telnyx", "twilio"}


class Peer:
    """One call's serializer; sound is 16-bit PCM at the wire's rate."""

    def __init__(self, name, stream="st-01"):
        self.name = name
        self.rate = RATES.get(name, 8000)
        self.serializer = {
            "exotel": lambda: ExotelFrameSerializer(stream),
            "genesys": GenesysAudioHookSerializer,
            "plivo": lambda: PlivoFrameSerializer(stream, params=PlivoFrameSerializer.InputParams(auto_hang_up=False)),
            "telnyx": lambda: TelnyxFrameSerializer(
                stream, "PCMU", "PCMU", params=TelnyxFrameSerializer.InputParams(auto_hang_up=False)
            ),
            "twilio": lambda: TwilioFrameSerializer(
                stream, params=TwilioFrameSerializer.InputParams(auto_hang_up=False)
            ),
            "vonage": VonageFrameSerializer,
        }[name]()

    async def set_up(self):
        await self.serializer.setup(SimpleNamespace(audio_in_sample_rate=self.rate))
        return self

    async def write_audio(self, pcm):
        return await self.serializer.serialize(OutputAudioRawFrame(audio=pcm, sample_rate=self.rate, num_channels=1))

    async def write_clear(self):
        return await self.serializer.serialize(InterruptionFrame())

    async def read(self, message):
        """What a message is: ("audio", PCM), ("key", digit), ("answer", message to send), or None."""
        frame = await self.serializer.deserialize(message)
        if isinstance(frame, InputAudioRawFrame):
            return "audio", frame.audio
        if isinstance(frame, InputDTMFFrame):
            return "key", frame.button.value
        if isinstance(frame, OutputTransportMessageUrgentFrame):
            return "answer", await self.serializer.serialize(frame)
        return None


async def told_apart(messages):
    """Whose call pipecat takes this for, and its stream; `messages` are the first two."""

    class Socket:
        async def iter_text(self):
            for message in messages:
                yield message

    kind, call = await parse_telephony_websocket(Socket())
    return kind, call.get("stream_id")


def is_text(message):
    return isinstance(message, str)


def renamed(message, old, new):
    """The message with a member of another name, wherever it stands."""

    def walk(value):
        if isinstance(value, dict):
            return {new if key == old else key: walk(inner) for key, inner in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    return json.dumps(walk(json.loads(message)))
