# SPDX-License-Identifier: Apache-2.0
"""How long a machine stood still for those who want to run: a program that sleeps again and again, and counts how late it wakes.

As a program: standstill.py. It prints what it counted once its input ends.
"""

import json
import select
import subprocess
import sys
import time

# A wait, and the delay from which on it counts: less is within what a server holds against jitter.
STEP, TOLERANCE = 0.01, 0.04


class Standstill:
    """Counts from here on."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end(self):
        """`all_ms`, all that was lost together, and `most_ms`, the longest."""
        return json.loads(self.process.communicate()[0])


def main():
    total = most = 0.0
    before = time.monotonic()
    while not select.select([sys.stdin], [], [], STEP)[0]:
        now = time.monotonic()
        late = now - before - STEP
        before = now
        if late > TOLERANCE:
            total += late
            most = max(most, late)
    print(json.dumps({"all_ms": total * 1000, "most_ms": most * 1000}))


if __name__ == "__main__":
    main()
