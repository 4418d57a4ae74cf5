# SPDX-License-Identifier: Apache-2.0
"""DTMF: what ITU-T Q.24 says must be accepted and refused, false digits, and cost, beside spandsp."""
import ctypes
import ctypes.util
import time

import numpy as np

from common import companded, cost, finish, kept, read, recorded, run, speak

KEYS = "123A456B789C*0#D"
LOW, HIGH = [697, 770, 852, 941], [1209, 1336, 1477, 1633]
random = np.random.default_rng(1)


def amplitude(level):
    return 32767 * 10 ** ((level - 3.14) / 20)


def tone(key, length=40, low=-8, high=-8, low_off=0.0, high_off=0.0, hole=None):
    place, time_ = KEYS.index(key), np.arange(int(8 * length)) / 8000
    phases = random.uniform(0, 2 * np.pi, 2)
    sound = amplitude(low) * np.sin(2 * np.pi * LOW[place // 4] * (1 + low_off / 100) * time_ + phases[0])
    sound += amplitude(high) * np.sin(2 * np.pi * HIGH[place % 4] * (1 + high_off / 100) * time_ + phases[1])
    if hole: sound[int(8 * hole[0]) : int(8 * (hole[0] + hole[1]))] = 0
    return sound


def signal(pause=40, noise=None, **kind):
    """All keys ten times: the samples and where the tones begin."""
    parts, starts, at = [np.zeros(400)], [], 400
    for key in KEYS * 10:
        sound, gap = tone(key, **kind), np.zeros(int(8 * pause) + random.integers(0, 8))
        starts.append(at)
        parts += [sound, gap]
        at += len(sound) + len(gap)
    samples = np.concatenate(parts + [np.zeros(800)])
    if noise is not None:
        power = (amplitude(kind.get("low", -8)) ** 2 + amplitude(kind.get("high", -8)) ** 2) / 2
        samples = samples + random.normal(0, np.sqrt(power / 10 ** (noise / 10)), len(samples))
    return np.clip(samples, -32768, 32767), starts


def spandsp():
    """A function from samples to digits and seconds, or None."""
    name = ctypes.util.find_library("spandsp")
    if not name: return None
    library = ctypes.CDLL(name)
    library.dtmf_rx_init.restype = ctypes.c_void_p
    library.dtmf_rx_init.argtypes = [ctypes.c_void_p] * 3
    library.dtmf_rx.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
    library.dtmf_rx_get.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.dtmf_rx_get.restype = ctypes.c_size_t

    def hear(samples):
        state, digits, buffer = library.dtmf_rx_init(None, None, None), "", ctypes.create_string_buffer(129)
        data, spent = np.ascontiguousarray(np.round(samples).astype("<i2")), 0.0
        for start in range(0, len(data), 160):
            part = data[start : start + 160]
            before = time.process_time()
            library.dtmf_rx(state, part.ctypes.data, len(part))
            spent += time.process_time() - before
            count = library.dtmf_rx_get(state, buffer, 128)
            digits += buffer.raw[:count].decode()
        return digits, spent
    return hear


peer, failures = spandsp(), []
print("| line | digits heard of 160 | latest, ms after the tone began | spandsp |")
print("| --- | --- | --- | --- |")


def line(name, wanted, law=None, pause=40, noise=None, prompt=True, **kind):
    samples, starts = signal(pause, noise, **kind)
    if law: samples = companded(samples, law)
    heard = [text.split() for text in run(["dtmf", "-"], samples)]
    digits = "".join(key for key, _ in heard)
    latest = max([float(at) * 1000 - start / 8 for (_, at), start in zip(heard, starts)], default=0)
    right = digits == (KEYS * 10 if wanted else "")
    late = wanted and prompt and latest > 40.5
    if not right or late: failures.append(name)
    theirs = len(peer(samples)[0]) if peer else "–"
    print(f"| {name} | {len(digits)}{'' if right else ' WRONG'} | {latest if wanted and right else 0:.1f} | {theirs} |")


for law in (None, "mu", "a"):
    suffix = {None: "", "mu": ", µ-law", "a": ", A-law"}[law]
    line("accept 40 ms, pause 40 ms" + suffix, True, law)
    line("accept 40 ms, 93 ms a digit" + suffix, True, law, pause=53)
    line("accept pause 30 ms" + suffix, True, law, pause=30)
    line("accept −25 dBm" + suffix, True, law, low=-25, high=-25)
    line("accept twist +4 dB" + suffix, True, law, low=-10, high=-6)
    line("accept twist −8 dB" + suffix, True, law, low=-10, high=-18)
    line("refuse 23 ms" + suffix, False, law, length=23, pause=60)
    line("refuse −55 dBm" + suffix, False, law, length=100, low=-55, high=-55)
line("accept 0 dBm", True, low=0, high=0)
line("accept twist +5 dB", True, low=-10, high=-5)
for off in (1.5, 1.8):
    for low, high in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        line(f"accept {low * off:+} % and {high * off:+} %", True, low_off=low * off, high_off=high * off)
for off in (3.0, -3.0, 3.5, -3.5):
    line(f"refuse low {off:+} %", False, length=100, low_off=off)
    line(f"refuse high {off:+} %", False, length=100, high_off=off)
line("refuse 24 ms", False, length=24, pause=60)
for start, length in ((20, 50), (25, 60), (45, 100), (70, 100)):
    line(f"bridge 10 ms at {start} of {length}", True, length=length, hole=(start, 10), prompt=start > 36)
for noise in (24, 18, 15, 12):
    line(f"accept noise {noise} dB below", True, noise=noise)
    line(f"refuse 23 ms, noise {noise} dB below", False, noise=noise, length=23, pause=60)

TEXT = (
    "The quick brown fox jumps over the lazy dog. Please call Stella and ask her to bring these things with her from "
    "the store. Six spoons of fresh snow peas, five thick slabs of blue cheese, and maybe a snack for her brother Bob."
)
voices = [("flite", voice) for voice in ("slt", "rms", "awb", "kal16")]
voices += [("espeak-ng", voice) for voice in ("en", "en-us+f3", "de", "fr", "es+f2", "hi")]
quiet = {
    "recorded prompts": np.concatenate([read(path) for path in recorded()] or [np.zeros(0)]),
    "synthetic speech": np.concatenate([speak(*voice, TEXT) for voice in voices] + [read(path) for path in kept()]),
    "white noise": np.clip(random.normal(0, 6000, 8000 * 600), -32768, 32767),
}
print("\n| nothing to hear in | minutes | false digits | spandsp |")
print("| --- | --- | --- | --- |")
for name, samples in quiet.items():
    for gain in (1, 0.3):
        found = len(run(["dtmf", "-"], samples * gain))
        if found: failures.append(f"false digits in {name}")
        theirs = len(peer(np.clip(samples * gain, -32768, 32767))[0]) if peer else "–"
        print(f"| {name} × {gain} | {len(samples) / 480000:.1f} | {found} | {theirs} |")

hour = np.resize(np.concatenate([quiet["synthetic speech"], signal(50)[0]]), 8000 * 3600)
ours = cost(["dtmf", "-"], hour) / len(hour) * 1e9
theirs = f"{peer(hour)[1] / len(hour) * 1e9:.1f}" if peer else "–"
print(f"\n| ns per sample | {ours:.1f} | spandsp {theirs} |")
if ours > 20: failures.append("20 ns per sample")
finish(failures)
