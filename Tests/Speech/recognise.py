# SPDX-License-Identifier: Apache-2.0
"""Reads the words of clips before and after their way through a call, and compares.

    recognise.py FOLDER            the table of all calls; exit status 1 on any difference
    recognise.py --self-test FOLDER   damages one call's recording in four ways; exit status 1 unless all are found

FOLDER holds, for each call of calls.tsv (name, clip, grammar, words, encoding): NAME.sent.wav and NAME.heard.wav at
8 kHz, NAME.json of `voicebridge call`, and the executable's path in `voicebridge`.
"""

import array
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
sys.path.insert(0, os.path.join(here, "..", "Checks"))
import callresult  # noqa: E402
import grammars  # noqa: E402
import sound  # noqa: E402
from alignment import Alignment  # noqa: E402
from pocketsphinx import Decoder  # noqa: E402

DATA = "/usr/share/pocketsphinx/test/data"


class Check:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "voicebridge")) as file:
            self.executable = file.read().strip()
        self.scratch = tempfile.TemporaryDirectory()
        self.readings = {}

    def convert(self, *arguments, data=b""):
        command = [self.executable, "audio", *arguments]
        return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout

    def words(self, samples, grammar):
        """What pocketsphinx reads from samples at 16 kHz."""
        path = os.path.join(self.scratch.name, grammar)
        with open(path, "w") as file:
            file.write(grammars.ALL[grammar])
        decoder = Decoder(samprate=16_000, jsgf=path, loglevel="FATAL")
        decoder.start_utt()
        decoder.process_raw(array.array("h", samples).tobytes(), full_utt=True)
        decoder.end_utt()
        return decoder.hyp().hypstr if decoder.hyp() else ""

    def words_of_clip(self, clip, grammar):
        if clip not in self.readings:
            self.readings[clip] = self.words(sound.read(os.path.join(DATA, clip), 16_000), grammar)
        return self.readings[clip]

    def words_of_telephone(self, samples, grammar):
        """What it reads from samples at 8 kHz."""
        raw = array.array("h", samples).tobytes()
        wide = self.convert("resample", "--from", "8000", "--to", "16000", "-", "-", data=raw)
        return self.words(array.array("h", wide), grammar)

    def faults(self, call, heard):
        """What is wrong with one call whose caller heard these samples; and its row of the table."""
        name, clip, grammar, words, _ = call
        faults = []
        sent = sound.read(os.path.join(self.folder, name + ".sent.wav"), 8_000)
        result = callresult.read(os.path.join(self.folder, name + ".json"))
        alignment = Alignment(sent, heard, 8_000)
        if alignment.blocks == 0:
            faults.append("nothing loud was sent")
        if alignment.unlike:
            faults.append(f"{alignment.unlike} times 100 ms were not found (likeness {alignment.worst:.2f})")
        if alignment.missing > 1:
            faults.append(f"{alignment.missing} samples are missing")
        if alignment.inserted > 1:
            faults.append(f"{alignment.inserted} samples came in between")
        original = self.words_of_clip(clip, grammar)
        if original != words:
            faults.append(f"the clip itself reads '{original}'")
        begin = alignment.lags[0] if alignment.lags else 0
        reading = self.words_of_telephone(heard[begin : begin + len(sent)], grammar)
        if reading != original:
            faults.append(f"the call reads '{reading}'")
        if result["received_ms"] < len(sent) // 8:
            faults.append(f"{result['received_ms']} ms came back of {len(sent) // 8} ms")
        broken, tardy = callresult.violations(result)
        faults += [f"the wire was broken: {text}" for text in broken]
        row = [
            f"{alignment.blocks}", f"{alignment.worst:.3f}", f"{alignment.missing}", f"{result['underruns'] + len(tardy)}", reading,
        ]
        return faults, row

    def calls(self):
        with open(os.path.join(self.folder, "calls.tsv")) as file:
            return [line.rstrip("\n").split("\t") for line in file]

    def heard(self, call):
        return sound.read(os.path.join(self.folder, call[0] + ".heard.wav"), 8_000)


def table(check):
    calls, wrong = check.calls(), 0
    print(f"{'clip':26} {'codec':5} {'100ms':>5} {'worst':>6} {'lost':>4} {'gaps':>4}  words after the call")
    for call in calls:
        faults, row = check.faults(call, check.heard(call))
        print("{:26} {:5} {:>5} {:>6} {:>4} {:>4}  {}".format(call[1][-26:], call[4], *row))
        for fault in faults:
            print(f"    WRONG: {fault}")
        wrong += bool(faults)
    print(f"speech: {len(calls)} calls, {wrong} wrong")
    return wrong > 0 or not calls


def self_test(check):
    """The damage that this check is there to find, done to a call that is good."""
    call = next((call for call in check.calls() if call[4] == "ulaw"), None)
    if call is None:
        print("the self-test has no call")
        return True
    heard = check.heard(call)
    raw = heard.tobytes()
    codes = check.convert("g711", "--law", "ulaw", "encode", "-", "-", data=raw)
    wrong_law = array.array("h", check.convert("g711", "--law", "alaw", "decode", "-", "-", data=codes))
    swapped = array.array("h", heard)
    swapped.byteswap()
    sent = sound.read(os.path.join(check.folder, call[0] + ".sent.wav"), 8_000)
    middle = Alignment(sent, heard, 8_000).lags[0] + len(sent) // 2
    damaged = {
        "A-law for µ-law": wrong_law,
        "bytes of samples swapped": swapped,
        "20 ms cut out": heard[:middle] + heard[middle + 160 :],
        "20 ms of silence put in": heard[:middle] + array.array("h", [0] * 160) + heard[middle:],
    }
    missed = 0
    if check.faults(call, heard)[0]:
        print("the call is wrong before it is damaged")
        missed += 1
    for name, samples in damaged.items():
        faults, _ = check.faults(call, samples)
        print(f"  {name}: {'; '.join(faults) if faults else 'NOT FOUND'}")
        missed += not faults
    print(f"speech: self-test, {len(damaged)} faults planted, {missed} not found")
    return missed > 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    run = table
    if arguments[:1] == ["--self-test"]:
        run = self_test
        arguments.pop(0)
    if len(arguments) != 1:
        sys.exit(__doc__)
    sys.exit(run(Check(arguments[0])))
