# SPDX-License-Identifier: Apache-2.0
"""What a server tells of itself: soakload.py port LOG, soakload.py figures PORT"""
import json
import re
import sys
import time
import urllib.request


def port(log):
    """The admin port that a server's log names, once it does."""
    for _ in range(100):
        with open(log) as lines:
            found = re.search(r'"admin_port":"(\d+)"', lines.read())
        if found:
            return found[1]
        time.sleep(0.1)
    sys.exit(f"{log} names no admin port")


def figures(port):
    """Calls, and the 99th percentiles of frame age and lateness in µs, of the loop that has most."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/load", timeout=10) as answer:
        load = json.load(answer)
    worst = [max(loop[name]["p99"] for loop in load["loops"]) for name in ("frame_age_us", "lateness_us")]
    return " ".join(str(value) for value in [load["calls"], *worst])


print({"port": port, "figures": figures}[sys.argv[1]](sys.argv[2]))
