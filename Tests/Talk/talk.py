# SPDX-License-Identifier: Apache-2.0
"""Prepares the callers of talk.sh and judges what was said.

prepare HERE HOME VOICEBRIDGE   makes the callers' sound and the server's configuration
check HERE HOME LOG             prints what each side heard and holds it against what it must be
stalled HERE HOME LOG           ends well when the machine stood still during a call
self-test HERE HOME LOG         plants wrong words and wrong expectations, each of which must be found
"""

import json
import subprocess
import sys
import wave
from pathlib import Path

RATE = 8000
COMMANDS = [
    "sales", "support", "operator", "opening hours", "repeat that", "goodbye", "yes please", "no thank you", "pay my bill",
    "track my order",
]
DIGITS = "zero one two three four five six seven eight nine".split()
# Recordings of people with what they say, and of people who say something else: a reader of a novel.
DATA = Path("/usr/share/pocketsphinx/test/data")
PEOPLE = {
    "ten of clubs": "cards/001.wav", "four queen of clubs": "cards/002.wav", "seven of clubs": "cards/003.wav",
    "five five": "cards/004.wav", "eight of spades four of clubs seven of hearts": "cards/005.wav",
    "go forward ten meters": "goforward.raw", "two nine three four zero": "tidigits/dhd.2934z.raw",
}
READER = [f"librivox/sense_and_sensibility_01_austen_64kb-{number}.wav" for number in ("0880", "0930", "0890")]
# Phrases that nobody says.
OTHERS = ["jack of hearts", "nine queen of spades", "go backward two meters", "three three", "one nine four four seven"]
# The lists, and how many of each must be understood. One voice of the machine, or voices of people: the least leaves one
# for a machine that stands still in the midst of a word.
LEAST = {"commands": len(COMMANDS) - 1, "digits": len(DIGITS) - 1, "people": len(PEOPLE) - 1}
LISTS = {"commands": COMMANDS, "digits": DIGITS, "people": list(PEOPLE)}
# How often something may be understood that nobody said. A recognizer that knows phrases and no language may take a sentence
# of the novel for one of them; how many it takes is printed.
MOST = {"commands": 1, "digits": 1, "people": len(READER)}
# Seconds from word to word of a list, and to a recording of a person: the reply to each is short.
STEP, LONG_STEP = 4, 8


def speak(text, path, voicebridge):
    """The words of the voice rms at 8 kHz, as bytes of 16 bits."""
    subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", f"{path}.16.wav"], check=True, stdout=subprocess.DEVNULL)
    return narrow(f"{path}.16.wav", path, voicebridge)


def narrow(sound, path, voicebridge):
    """A recording of 16 kHz at 8 kHz, as bytes of 16 bits."""
    subprocess.run(
        [voicebridge, "audio", "resample", "--from", "16000", "--to", "8000", sound, f"{path}.8.wav"], check=True
    )
    with wave.open(f"{path}.8.wav") as sound:
        assert sound.getframerate() == RATE and sound.getnchannels() == 1
        return sound.readframes(sound.getnframes())


def write_caller(name, steps, home, voicebridge):
    """A caller who says each text at its second."""
    sound = bytearray(2 * RATE * int(max(time for time, _, _ in steps) + 1))
    keys = []
    for number, (time, what, text) in enumerate(steps):
        if what == "press":
            keys.append(f"{text}@{time}")
        elif what in ("say", "play"):
            path = home / f"{name}-{number}"
            words = speak(text, path, voicebridge) if what == "say" else narrow(DATA / text, path, voicebridge)
            start = 2 * int(time * RATE)
            assert not any(sound[start : start + len(words)]), f"{name}: '{text}' comes before the words before it end"
            sound[start : start + len(words)] = words
    (home / f"{name}.keys").write_text(",".join(keys))
    with wave.open(str(home / f"{name}.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(sound))


def prepare(here, home, voicebridge):
    steps = []
    for line in (here / "dialogue.tsv").read_text().splitlines():
        if not line.startswith("#"):
            time, what, text = line.split("\t")
            steps.append((float(time), what, text))
    write_caller("dialogue", steps, home, voicebridge)
    for name, words in LISTS.items():
        listed = [(2 + STEP * number, "say", word) for number, word in enumerate(words)]
        if name == "people":
            clips = [PEOPLE[word] for word in words] + READER
            listed = [(2 + LONG_STEP * number, "play", clip) for number, clip in enumerate(clips)]
        write_caller(name, listed + [(listed[-1][0] + LONG_STEP, "end", "")], home, voicebridge)
        intents = [{"phrases": [word], "reply": "Yes."} for word in words + (OTHERS if name == "people" else [])]
        # JSON is YAML.
        table = {"greeting": "Go on.", "not_understood": "What?", "silence": "Well?", "intents": intents}
        (home / f"{name}.yaml").write_text(json.dumps(table))

    def route(name):
        options = {"log_words": True} | ({} if name == "dialogue" else {"intents": str(home / f"{name}.yaml")})
        return {
            "path": f"/v1/{name}", "bot": "offline-assistant", "bot_options": options, "authentication": {"bearer": "talk"},
        }

    configuration = {
        "listen": {"host": "127.0.0.1", "port": 0}, "admin": {"port": 0}, "logging": {"format": "json", "level": "info"},
        "routes": [route(name) for name in ("dialogue", *LISTS)],
    }
    (home / "server.yaml").write_text(json.dumps(configuration))


def read_words(log):
    """What was said on each route, in order."""
    routes, words = {}, {}
    for line in Path(log).read_text().splitlines():
        entry = json.loads(line) if line.startswith("{") else {}
        if "route" in entry and "call" in entry:
            routes[entry["call"]] = entry["route"].rsplit("/", 1)[-1]
        speaker = {"caller said": "caller", "bot said": "bot", "bot was interrupted": "bot, interrupted"}.get(
            entry.get("message")
        )
        if speaker:
            words.setdefault(routes.get(entry["call"]), []).append(f"{speaker}: {entry['words']}")
    return words


def read_commands(home, name):
    """What the platform was told beside audio."""
    result = json.loads((home / f"{name}.json").read_text())
    return result, [command for command in result["commands"] if command["type"].startswith("session.")]


def judge_dialogue(expected, spoken, commands):
    """The faults of a dialogue; an expectation that ends with … is the beginning of something longer."""
    found = list(spoken)
    for command in commands:
        found.append(f"command: {command['type']} {command.get('destination', '')}".rstrip())
    faults = []
    for number in range(max(len(expected), len(found))):
        wanted = expected[number] if number < len(expected) else "nothing"
        line = found[number] if number < len(found) else "nothing"
        matches = line.startswith(wanted[:-1]) if wanted.endswith("…") else line == wanted
        if not matches:
            faults.append(f"wanted '{wanted}', found '{line}'")
    return faults


def compare(words, spoken):
    """How many of a list's words were understood, in order, and how much was understood beside them."""
    heard = [line.removeprefix("caller: ") for line in spoken if line.startswith("caller: ")]
    position, right = 0, 0
    for word in words:
        if word in heard[position:]:
            position = heard.index(word, position) + 1
            right += 1
    return right, len(heard) - right


def judge(home, spoken, expected, lists):
    """All that is wrong with what was said."""
    result, told = read_commands(home, "dialogue")
    faults = judge_dialogue(expected, spoken.get("dialogue", []), told)
    if result["interruptions"] < 1:
        faults.append("the platform was not told to stop when the caller interrupted")
    for name, words in lists.items():
        right, beside = compare(words, spoken.get(name, []))
        if right < LEAST[name]:
            faults.append(f"{name}: {right} of {len(words)} understood, at least {LEAST[name]} must be")
        if beside > MOST[name]:
            faults.append(f"{name}: {beside} times something was understood that nobody had said")
    return faults


def stalled(here, home, log):
    """Whether the machine stood still during a call, which is nothing that a dialogue can be judged by."""
    results = [json.loads((home / f"{name}.json").read_text()) for name in ("dialogue", *LISTS)]
    return any(result["own_delay_ms"] > 500 or result["underruns"] > 0 for result in results)


def expectation(here):
    return (here / "dialogue.txt").read_text().splitlines()


def check(here, home, log):
    spoken = read_words(log)
    for line in spoken.get("dialogue", []):
        print(f"  {line}")
    for name, words in LISTS.items():
        right, beside = compare(words, spoken.get(name, []))
        of_reader = f" (of {len(READER)} sentences that are no phrase)" if name == "people" else ""
        print(f"  {name}: {right} of {len(words)} understood, {beside} times something that was not said{of_reader}")
    faults = judge(home, spoken, expectation(here), LISTS)
    for fault in faults:
        print(f"talk: {fault}", file=sys.stderr)
    print(f"talk: {len(faults)} faults")
    return not faults


def self_test(here, home, log):
    spoken, expected = read_words(log), expectation(here)
    deaf = {name: [line for line in lines if not line.startswith("caller")] for name, lines in spoken.items()}
    mute = {name: [line for line in lines if line.startswith("caller")] for name, lines in spoken.items()}
    hasty = spoken | {"digits": spoken.get("digits", []) + ["caller: seven"] * 2}
    planted = {
        "a word of a turn": (spoken, [line.replace("caller: sales", "caller: support") for line in expected], LISTS),
        "an interruption": (spoken, [line.replace("bot, interrupted", "bot") for line in expected], LISTS),
        "a transfer": (spoken, expected[:-1] + ["command: session.transfer 09810000004"], LISTS),
        "a turn too many": (spoken, expected + ["caller: goodbye"], LISTS),
        "two commands": (spoken, expected, LISTS | {"commands": ["banana", "apple"] + COMMANDS[2:]}),
        "two digits": (spoken, expected, LISTS | {"digits": ["ten", "eleven"] + DIGITS[2:]}),
        "a recognizer that is deaf": (deaf, expected, LISTS),
        "a recognizer that hears too much": (hasty, expected, LISTS),
        "a bot that is mute": (mute, expected, LISTS),
    }
    missed = [what for what, wrong in planted.items() if not judge(home, *wrong)]
    for what in missed:
        print(f"talk: a planted fault was not found: {what}", file=sys.stderr)
    print(f"talk: {len(planted) - len(missed)} of {len(planted)} planted faults found")
    return not missed


if __name__ == "__main__":
    here, home = Path(sys.argv[2]), Path(sys.argv[3])
    done = {"prepare": prepare, "check": check, "stalled": stalled, "self-test": self_test}[sys.argv[1]](here, home, sys.argv[4])
    sys.exit(done is False)
