# SPDX-License-Identifier: Apache-2.0
"""verdict.py FOLDER NAME: reads the reports of all clients, prints one line, and what failed.

Exit status 0 when there were cases, none is missing, all behaved and all closed as they should.
"""

import collections
import glob
import json
import re
import sys

BEHAVED = {"OK", "NON-STRICT", "INFORMATIONAL"}
CLOSED = {"OK", "INFORMATIONAL"}


def number(case):
    return [int(part) for part in case.split(".")]


def main():
    folder, name = sys.argv[1], sys.argv[2]
    results, announced = {}, 0
    for path in glob.glob(folder + "/*/report/index.json"):
        with open(path) as file:
            results.update(json.load(file).get("voicebridge", {}))
    for path in glob.glob(folder + "/*/wstest.log"):
        with open(path, errors="replace") as file:
            match = re.search(r"will run (\d+) test cases", file.read())
            announced += int(match.group(1)) if match else 0
    wrong = sorted((case for case in results if results[case]["behavior"] not in BEHAVED), key=number)
    misclosed = sorted((case for case in results if results[case]["behaviorClose"] not in CLOSED), key=number)
    for case in wrong:
        print("  case %s: %s" % (case, results[case]["behavior"]))
    for case in misclosed:
        result = results[case]
        print("  case %s: close %s (code %s)" % (case, result["behaviorClose"], result.get("remoteCloseCode")))
    loose = sorted((case for case in results if results[case]["behavior"] == "NON-STRICT"), key=number)
    if loose:
        print("  not strict: " + " ".join(loose))
    count = collections.Counter(result["behavior"] for result in results.values())
    missing = max(0, announced - len(results))
    print(
        "autobahn %s: %d cases, %d OK, %d non-strict, %d informational, %d failed, %d unsupported, "
        "%d wrong close, %d missing"
        % (
            name, len(results), count["OK"], count["NON-STRICT"], count["INFORMATIONAL"],
            len(wrong) - count["UNIMPLEMENTED"], count["UNIMPLEMENTED"], len(misclosed), missing,
        )
    )
    sys.exit(0 if results and announced and not (wrong or misclosed or missing) else 1)


main()
