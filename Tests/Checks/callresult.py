# SPDX-License-Identifier: Apache-2.0
"""What the checks make of the JSON object that `voicebridge call --json` prints."""

import json


def read(path):
    """The object; a call that came to nothing ends the check with its reason."""
    with open(path) as file:
        text = file.read()
    if not text:
        raise SystemExit(f"{path}: the call printed nothing")
    result = json.loads(text)
    if not result["frames_sent"]:
        raise SystemExit(f"{path}: the call did not come about: {result['end_reason']}")
    return result


def violations(result):
    """The rules of the wire that were broken, in words; and apart those that a slow machine breaks.

    Audio that arrives later after `stop` than what can have been under way says how long the machine stood still, not
    that the server is wrong: its content is checked all the same.
    """
    texts = [f"{broken['rule']} at {broken['at_ms']} ms: {broken['detail']}" for broken in result["violations"]]
    tardy = [text for text in texts if text.startswith("after-stop")]
    return [text for text in texts if text not in tardy], tardy
