# SPDX-License-Identifier: Apache-2.0
"""specification.py URL FOLDER all|ci|core CLIENTS: writes FOLDER/<n>/specification.json, one for each client.

core  framing, pings, fragments, UTF-8, closing, handling of limits: families 1 to 7 and 10
ci    core, one small case of each group of family 9 (large messages, many fragments) and five message sizes of each
      group of families 12 and 13 (compression)
all   everything
"""

import json
import os
import sys

CORE = ["1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"]
LARGE = ["9.1.1", "9.2.1", "9.3.1", "9.4.1", "9.5.1", "9.6.6", "9.7.1", "9.8.1"]


def groups(family, count, sizes):
    return ["%d.%d.%d" % (family, group, size) for group in range(1, count + 1) for size in sizes]


# What each client runs; the compressed families take most of the time, so that they are what is shared out.
SETS = {
    "core": [CORE[:5] + ["7.*", "10.*"], ["6.*"]],
    "ci": [
        CORE + LARGE + groups(12, 5, (1, 2, 3, 11, 12)),
        groups(13, 7, (1, 2, 3, 11, 12)),
    ],
    "all": [CORE + ["9.*", "12.*"], ["13.*"]],
}


def main():
    url, folder, cases, clients = sys.argv[1], sys.argv[2], SETS[sys.argv[3]], int(sys.argv[4])
    if clients == 1:
        cases = [[case for part in cases for case in part]]
    for number, part in enumerate(cases, 1):
        home = os.path.join(folder, str(number))
        os.makedirs(home)
        specification = {
            "outdir": os.path.join(home, "report"),
            "servers": [{"agent": "voicebridge", "url": url, "options": {"version": 18}}],
            "cases": part,
            "exclude-cases": [],
            "exclude-agent-cases": {},
        }
        with open(os.path.join(home, "specification.json"), "w") as file:
            json.dump(specification, file, indent=1)


main()
