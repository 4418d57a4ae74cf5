# SPDX-License-Identifier: Apache-2.0
"""A bill of materials against the schema of CycloneDX, its licences against SPDX, and its packages against Package.resolved.

    bill.py FILE PACKAGE.RESOLVED
"""

import json
import pathlib
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing


def faults(text, pins):
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error:
        return [str(error).splitlines()[0]]
    parts = json.loads(text)["components"]
    found = []
    for part in parts:
        for licence in part["licenses"]:
            found += [f"{part['name']}: {wrong}" for wrong in get_spdx_licensing().validate(licence["expression"]).errors]
    listed = {(part["name"].lower(), part["version"]) for part in parts}
    pinned = {(pin["location"].removesuffix(".git").rsplit("/", 1)[-1].lower(), pin["state"]["version"]) for pin in pins}
    found += [f"{name} {version} is pinned and not listed" for name, version in sorted(pinned - listed)]
    for system in ("libc6", "libsqlite3-0", "libssl3", "zlib1g"):
        found += [f"{system} is linked and not listed"] * (system not in {name for name, _ in listed})
    return found


def main():
    text = pathlib.Path(sys.argv[1]).read_text()
    pins = json.loads(pathlib.Path(sys.argv[2]).read_text())["pins"]
    if faults(text, pins):
        raise SystemExit("WRONG: " + "; ".join(faults(text, pins)))
    print(f"{len(json.loads(text)['components'])} components, {len(pins)} of them pinned packages, each with a licence of SPDX's")
    for name, broken in {
        "a field that the schema does not have": text.replace('"purl"', '"url"', 1),
        "a licence that there is not": text.replace('"Apache-2.0"', '"Apache-3.0"'),
        "a package left out": text.replace('"swift-nio"', '"swift-neo"'),
    }.items():
        if not faults(broken, pins):
            raise SystemExit(f"WRONG: planted, {name}: not noticed")
        print(f"planted, {name}: {faults(broken, pins)[0][:100]}")


if __name__ == "__main__":
    main()
