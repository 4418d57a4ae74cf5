# SPDX-License-Identifier: Apache-2.0
"""Accuracy and cost of voice activity detection on labelled telephone audio, beside webrtcvad."""
import json
import os
import time

import numpy as np
import webrtcvad

from common import companded, cost, finish, kept, read, recorded, run, speak

TEXTS = [
    "Hello, I would like to change the date of my appointment.", "Yes.", "No, thank you.",
    "My account number is four seven one nine, two two zero.",
    "I am calling about the invoice that you sent me last week, because the amount is wrong.",
    "Could you please repeat that?", "Tomorrow at half past three.",
    "I do not know, let me think about it for a moment.",
    "Please connect me to somebody in the support department.", "That is right.",
]
random = np.random.default_rng(5)


def labels(clip):
    power = (clip.reshape(-1, 160) ** 2).mean(1)
    active = power > power.max() / 10 ** 3.5
    places = np.flatnonzero(active)
    for first, second in zip(places[:-1], places[1:]):
        if 1 < second - first <= 10:
            active[first:second] = True
    return active


def material():
    flite = [speak("flite", voice, text) for voice in ("slt", "rms", "awb", "kal16") for text in TEXTS]
    clips = flite + [speak("espeak-ng", voice, text) for voice in ("en", "en-us+f3", "de") for text in TEXTS[:5]]
    clips += [read(path) for path in kept()]
    real = [path for path in recorded("en_US_f_Allison/*.wav") if 15000 < os.path.getsize(path) < 120000]
    clips += [read(real[place]) for place in random.permutation(len(real))[:40]]
    parts, marks, seconds = [np.zeros(8000)], [np.zeros(50, bool)], 1.0
    for place in random.permutation(len(clips)):
        clip = clips[place][: len(clips[place]) // 160 * 160]
        clip = clip * 32768 * 10 ** (random.uniform(-28, -20) / 20) / np.sqrt((clip ** 2).mean())
        pause = int(random.uniform(0.22, 1.2) * 50)
        parts += [clip, np.zeros(pause * 160)]
        marks += [labels(clip), np.zeros(pause, bool)]
        seconds += len(clip) / 8000 + pause / 50
        if seconds > 266:
            break
    return np.concatenate(parts), np.concatenate(marks), np.concatenate([c / np.sqrt((c ** 2).mean()) for c in flite])


def score(verdicts, marks):
    verdicts = np.asarray(verdicts, bool)[: len(marks)]
    onsets = []
    for start in [i for i in range(1, len(marks)) if marks[i] and not marks[i - 1]]:
        place = start
        while place < len(marks) and marks[place] and not verdicts[place]:
            place += 1
        onsets.append((place - start) * 20)
    return (
        100 * (verdicts == marks).mean(), 100 * (~verdicts & marks).sum() / marks.sum(),
        100 * (verdicts & ~marks).sum() / (~marks).sum(), np.median(onsets), np.percentile(onsets, 90),
    )


def webrtc(samples, mode):
    detector = webrtcvad.Vad(mode)
    data = samples.astype("<i2").tobytes()
    start = time.process_time()
    verdicts = [detector.is_speech(data[i : i + 320], 8000) for i in range(0, len(data) - 319, 320)]
    return verdicts, (time.process_time() - start) / len(verdicts) * 1e6


clean, marks, voices = material()
level = np.sqrt((clean.reshape(-1, 160)[marks] ** 2).mean())
babble = sum(np.resize(np.roll(voices, -random.integers(len(voices))), len(clean)) for _ in range(8))
noises = {"white": random.normal(0, 1, len(clean)), "babble": babble / np.sqrt((babble ** 2).mean())}
signals = {"clean": clean}
for distance in (20, 10):
    for name, noise in noises.items():
        signals[f"{name} {distance} dB"] = clean + noise * level / 10 ** (distance / 20)
print(f"{len(clean) / 8000:.1f} s, {100 * marks.mean():.1f} % speech\n")
print("| signal | detector | accuracy % | miss % | false % | onset median / p90 ms | µs per 20 ms |")
print("| --- | --- | --- | --- | --- | --- | --- |")
failures, ours, theirs = [], {}, {}
hour = np.resize(companded(clean), 8000 * 3600)
price = cost(["speech", "-"], hour) / (3600 * 50) * 1e6
for name, signal in signals.items():
    signal = companded(np.clip(signal, -32768, 32767))
    verdicts = [json.loads(line)["speech"] for line in run(["speech", "--frames", "-"], signal)]
    rows = [("voicebridge", score(verdicts, marks), price)]
    for mode in (0, 2, 3):
        heard, spent = webrtc(signal, mode)
        rows.append((f"webrtcvad mode {mode}", score(heard, marks), spent))
    ours[name], theirs[name] = rows[0][1], rows[2][1]
    for detector, (accuracy, miss, false, median, late), spent in rows:
        print(f"| {name} | {detector} | {accuracy:.1f} | {miss:.1f} | {false:.1f} | {median:.0f} / {late:.0f} | {spent:.1f} |")
if ours["clean"][0] < 94: failures.append("94 % clean")
if ours["white 20 dB"][0] < 92: failures.append("92 % in white noise at 20 dB")
if ours["babble 20 dB"][0] <= theirs["babble 20 dB"][0]: failures.append("webrtcvad mode 2 in babble at 20 dB")
for name in ("clean", "white 20 dB"):
    if ours[name][4] > 60: failures.append(f"onset within 60 ms, {name}")
if price > 3: failures.append("3 µs per 20 ms")
finish(failures)
