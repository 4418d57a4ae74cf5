# SPDX-License-Identifier: Apache-2.0
"""Runs Python's audioop.ratecv as libraries.c runs the others: audioop_run.py FROM TO IN OUT [--trace F] [--chunk N]."""
import sys
import time
import warnings

warnings.simplefilter("ignore")
import audioop  # noqa: E402

source, target, path, result = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
options = dict(zip(sys.argv[5::2], sys.argv[6::2]))
chunk = 2 * int(options.get("--chunk", source // 50))
data = open(path, "rb").read()
streams = int(options.get("--streams", 1))
least = float("inf")
for _ in range(int(options.get("--repeats", 1))):
    state, pieces, totals = None, [], []
    others = [None] * (streams - 1)
    start = time.thread_time_ns()
    for at in range(0, len(data), chunk):
        piece, state = audioop.ratecv(data[at : at + chunk], 2, 1, source, target, state)
        pieces.append(piece)
        for other, past in enumerate(others):
            others[other] = audioop.ratecv(data[at : at + chunk], 2, 1, source, target, past)[1]
    least = min(least, time.thread_time_ns() - start)
made = 0
with open(result, "wb") as out:
    for number, piece in enumerate(pieces):
        out.write(piece)
        made += len(piece) // 2
        totals.append(f"{min((number + 1) * chunk, len(data)) // 2} {made}\n")
if "--trace" in options:
    open(options["--trace"], "w").write("".join(totals))
print(f"ns_per_output {least / max(made, 1) / streams} state_bytes 0 outputs {made}")
