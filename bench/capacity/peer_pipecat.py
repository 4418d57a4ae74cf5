# SPDX-License-Identifier: Apache-2.0
"""A peer for the comparison: pipecat-ai behind FastAPI and uvicorn, as its documents have it for telephony.

    peer_pipecat.py PORT     0 takes a free port; prints "listening on ws://127.0.0.1:PORT"

The Twilio serializer reads and writes the wire and converts 8 to 16 kHz and back; the pipeline's one processor says back what
it hears.
"""
import asyncio
import json
import socket
import sys
import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.frames.frames import InputAudioRawFrame, OutputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.serializers.twilio import TwilioFrameSerializer
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport

logger.remove()
application = FastAPI()


class Echo(FrameProcessor):
    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            frame = OutputAudioRawFrame(audio=frame.audio, sample_rate=frame.sample_rate, num_channels=1)
        await self.push_frame(frame, direction)


@application.websocket("/")
async def call(websocket: WebSocket):
    await websocket.accept()
    while True:
        message = json.loads(await websocket.receive_text())
        if message.get("event") == "start":
            break
    serializer = TwilioFrameSerializer(
        stream_sid=message["streamSid"], params=TwilioFrameSerializer.InputParams(auto_hang_up=False)
    )
    transport = FastAPIWebsocketTransport(
        websocket=websocket,
        params=FastAPIWebsocketParams(
            audio_in_enabled=True, audio_out_enabled=True, add_wav_header=False, serializer=serializer,
            audio_out_10ms_chunks=2,
        ),
    )
    task = PipelineTask(
        Pipeline([transport.input(), Echo(), transport.output()]),
        params=PipelineParams(audio_in_sample_rate=16000, audio_out_sample_rate=16000),
    )

    @transport.event_handler("on_client_disconnected")
    async def gone(transport, client):
        await task.cancel()

    await PipelineRunner(handle_sigint=False).run(task)


async def main():
    listener = socket.socket()
    listener.bind(("127.0.0.1", int(sys.argv[1])))
    listener.listen(1024)
    print(f"listening on ws://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    await uvicorn.Server(uvicorn.Config(application, log_level="error", ws="auto")).serve([listener])


asyncio.run(main())
