# SPDX-License-Identifier: Apache-2.0
"""What six platforms send in a call, typed from their documents; and how audio stands in what they are sent."""
import base64
import json


class Platform:
    """One platform's side of a call."""

    name = ""
    encoding, rate, frame_ms = "ulaw", 8000, 20
    # The members of a message of the server's under which the audio stands.
    audio_path = ("media", "payload")
    # The name of such a message, and whether the platform's own audio has the same shape.
    audio_kind, is_symmetric = "media", True
    # The call's id in what is typed here; a call has one of its own instead.
    call = ""

    def __init__(self):
        self.number = 0

    def next_number(self):
        self.number += 1
        return self.number

    def opening(self):
        return []

    def media(self, data, chunk):
        raise NotImplementedError

    def digit(self, key):
        raise NotImplementedError

    def closing(self):
        return []

    def headers(self):
        return {}

    def kind(self, message):
        """What a message of the server's is called."""
        if isinstance(message, bytes):
            return "audio"
        return json.loads(message)["event"]

    def audio(self, message):
        """The bytes of sound in a message of the server's; None when there are none."""
        if isinstance(message, bytes):
            return message
        value = json.loads(message)
        if self.kind(message) != self.audio_kind:
            return None
        for key in self.audio_path:
            value = value[key]
        return base64.b64decode(value, validate=True)


def text(data):
    return base64.b64encode(data).decode()


class Twilio(Platform):
    name, call = "twilio", "CA00cc"

    def opening(self):
        return [
            '{"event":"connected","protocol":"Call","version":"1.0.0"}',
            '{"event":"start","sequenceNumber":"1","streamSid":"st-01","start":{"streamSid":"st-01","accountSid":"AC00bb",'
            '"callSid":"CA00cc","tracks":["inbound"],"customParameters":{"from":"+15550100"},"mediaFormat":'
            '{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}',
        ]

    def media(self, data, chunk):
        return (
            f'{{"event":"media","sequenceNumber":"{chunk + 1}","streamSid":"st-01","media":{{"track":"inbound","chunk":'
            f'"{chunk}","timestamp":"{chunk * 20}","payload":"{text(data)}"}}}}'
        )

    def digit(self, key):
        return (
            '{"event":"dtmf","streamSid":"st-01","sequenceNumber":"77","dtmf":{"track":"inbound_track","digit":"'
            f'{key}"}}}}'
        )

    def closing(self):
        return [
            '{"event":"stop","sequenceNumber":"90","streamSid":"st-01","stop":{"accountSid":"AC00bb","callSid":"CA00cc"}}'
        ]


class Exotel(Platform):
    name, call = "exotel", "ca-01"
    encoding, frame_ms = "pcm", 100

    def opening(self):
        return [
            '{"event":"connected"}',
            '{"event":"start","sequence_number":"1","stream_sid":"st-01","start":{"stream_sid":"st-01","call_sid":"ca-01",'
            '"account_sid":"demo1","from":"+919800000001","to":"+918000000002","custom_parameters":{"lang":"hi"},'
            '"media_format":{"encoding":"audio/x-raw","sample_rate":"8000","bit_rate":"16"}}}',
        ]

    def media(self, data, chunk):
        return (
            f'{{"event":"media","sequence_number":"{chunk + 1}","stream_sid":"st-01","media":{{"chunk":"{chunk}",'
            f'"timestamp":"{chunk * 100}","payload":"{text(data)}"}}}}'
        )

    def digit(self, key):
        return (
            '{"event":"dtmf","sequence_number":"9","stream_sid":"st-01","dtmf":{"digit":"'
            f'{key}","duration":"140"}}}}'
        )

    def closing(self):
        return [
            '{"event":"stop","sequence_number":"40","stream_sid":"st-01","stop":{"call_sid":"ca-01","account_sid":"demo1",'
            '"reason":"callended"}}'
        ]


class Plivo(Platform):
    name, call = "plivo", "c-11"
    audio_kind, is_symmetric = "playAudio", False

    def opening(self):
        return [
            '{"sequenceNumber":0,"event":"start","start":{"callId":"c-11","streamId":"st-01","accountId":"77","tracks":'
            '["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}},"extra_headers":"lang=en"}'
        ]

    def media(self, data, chunk):
        return (
            f'{{"sequenceNumber":{chunk},"streamId":"st-01","event":"media","media":{{"track":"inbound","timestamp":'
            f'"{1790000000000 + chunk * 20}","chunk":{chunk},"payload":"{text(data)}"}},"extra_headers":""}}'
        )

    def digit(self, key):
        return (
            '{"event":"dtmf","streamId":"st-01","sequenceNumber":77,"dtmf":{"track":"inbound","digit":"' f'{key}"}}}}'
        )


class Telnyx(Platform):
    name, call = "telnyx", "v3:abc"

    def opening(self):
        return [
            '{"event":"connected","version":"1.0.0"}',
            '{"event":"start","sequence_number":"1","stream_id":"st-01","start":{"user_id":"u1","call_control_id":"v3:abc",'
            '"call_session_id":"cs1","from":"+15550100","to":"+15550101","client_state":"","custom_parameters":{},'
            '"media_format":{"encoding":"PCMU","sample_rate":8000,"channels":1}}}',
        ]

    def media(self, data, chunk):
        return (
            f'{{"event":"media","sequence_number":"{chunk + 1}","stream_id":"st-01","media":{{"track":"inbound","chunk":'
            f'"{chunk}","timestamp":"{chunk * 20}","payload":"{text(data)}"}}}}'
        )

    def digit(self, key):
        return '{"event":"dtmf","stream_id":"st-01","sequence_number":"5","dtmf":{"digit":"' f'{key}"}}}}'

    def closing(self):
        return ['{"event":"stop","sequence_number":"9","stream_id":"st-01","stop":{"user_id":"u1","call_control_id":"v3:abc"}}']


class Vonage(Platform):
    name, call = "vonage", "k-501"
    encoding, rate = "pcm", 16000

    def opening(self):
        return ['{"event":"websocket:connected","content-type":"audio/l16;rate=16000","call_id":"k-501","from":"15550100"}']

    def media(self, data, chunk):
        return data

    def digit(self, key):
        return '{"event":"websocket:dtmf","digit":"' f'{key}","duration":260}}'

    def kind(self, message):
        return "audio" if isinstance(message, bytes) else json.loads(message)["action"]


class Genesys(Platform):
    name, call = "genesys", "b2000000"
    session = "6d0f0000-0000-4000-8000-000000000000"

    def message(self, kind, parameters):
        return (
            f'{{"version":"2","id":"{self.session}","type":"{kind}","seq":{self.next_number()},"serverseq":0,'
            f'"position":"PT0S","parameters":{parameters}}}'
        )

    def opening(self):
        parameters = (
            '{"organizationId":"a1","conversationId":"b2000000","participant":{"id":"c3","ani":"+15550100","aniName":"","dnis":'
            '"+15550101"},"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}],'
            '"language":"en-US","inputVariables":{"tier":"gold"}}'
        )
        return [self.message("open", parameters), self.message("ping", '{"rtt":"PT0.02S"}')]

    def media(self, data, chunk):
        return data

    def digit(self, key):
        return self.message("dtmf", f'{{"digit":"{key}"}}')

    def closing(self):
        return [self.message("close", '{"reason":"end"}')]

    def headers(self):
        return {"Audiohook-Session-Id": self.session, "Audiohook-Organization-Id": "a1"}

    def kind(self, message):
        return "audio" if isinstance(message, bytes) else json.loads(message)["type"]


ALL = [Exotel, Genesys, Plivo, Telnyx, Twilio, Vonage]
