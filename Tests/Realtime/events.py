# SPDX-License-Identifier: Apache-2.0
"""Events of the realtime protocol, held against the types of the `openai` package in both directions."""
import json
from typing import get_args

from openai.types import realtime as current
from openai.types.beta import realtime as beta
from openai.types.realtime.realtime_client_event import RealtimeClientEvent as CurrentClientEvent
from openai.types.realtime.realtime_server_event import RealtimeServerEvent as CurrentServerEvent
from openai.types.beta.realtime.realtime_client_event import RealtimeClientEvent as BetaClientEvent
from openai.types.beta.realtime.realtime_server_event import RealtimeServerEvent as BetaServerEvent
from pydantic import BaseModel


class Unfit(Exception):
    """An event that is none of the protocol's."""


def by_type(union):
    """The models of a union by the one value of their `type`."""
    models = {}
    for model in get_args(get_args(union)[0]):
        models[get_args(model.model_fields["type"].annotation)[0]] = model
    return models


CLIENT = {"ga": by_type(CurrentClientEvent), "beta": by_type(BetaClientEvent)}
SERVER = {"ga": by_type(CurrentServerEvent), "beta": by_type(BetaServerEvent)}


def unknown_members(value, path=""):
    """Members that no model knows of: the models keep them, a service would not."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from unknown_members(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from unknown_members(element, f"{path}[{index}]")


def fit(models, event):
    """The event as its model has it; raises `Unfit` when it is none."""
    kind = event.get("type")
    if kind not in models:
        raise Unfit(f"there is no event '{kind}'")
    try:
        model = models[kind].model_validate(event)
    except ValueError as error:
        raise Unfit(f"{kind}: {error}") from error
    unknown = list(unknown_members(model))
    if unknown:
        raise Unfit(f"{kind}: nobody knows {', '.join(unknown)}")
    return model


def read(names, text):
    """A client's event, checked."""
    event = json.loads(text)
    fit(CLIENT[names], event)
    return event


def write(names, event):
    """A service's event as text, checked and written by its model."""
    return fit(SERVER[names], event).model_dump_json(exclude_unset=True)


def self_test():
    """The checks find what is wrong."""
    good = {"type": "input_audio_buffer.append", "audio": "AAAA"}
    read("ga", json.dumps(good))
    wrong = [
        {"type": "input_audio_buffer.add", "audio": "AAAA"},
        {"type": "input_audio_buffer.append"},
        {"type": "input_audio_buffer.append", "audio": "AAAA", "rate": 8000},
        {"type": "conversation.item.truncate", "item_id": "i", "content_index": 0, "audio_end_ms": "many"},
        {"type": "session.update", "session": {"type": "realtime", "voice": "marin"}},
    ]
    for event in wrong:
        try:
            read("ga", json.dumps(event))
        except Unfit:
            continue
        raise AssertionError(f"{event} was taken for an event")


assert current and beta
