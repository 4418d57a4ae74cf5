# SPDX-License-Identifier: Apache-2.0
"""Bill of materials of the program, as CycloneDX 1.6 in JSON: the packages that are built into it with the revisions that
Package.resolved pins and the licences that their checkouts hold, the Swift runtime, and the system's libraries that it is
linked with, as dpkg knows them.

    sbom.py PROGRAM PACKAGE.RESOLVED CHECKOUTS VERSION > FILE

A licence that is not recognized is an error: somebody must read it first.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid

# How NOTICE files name licences of what was taken in.
NOTICE_NAMES = {
    "Apache License 2.0": "Apache-2.0",
    "MIT": "MIT",
    "BSD-3": "BSD-3-Clause",
    "BSD-2": "BSD-2-Clause",
    "ISC": "ISC",
    "zlib License": "Zlib",
    # BoringSSL's.
    "Combination ISC and OpenSSL license": "ISC AND OpenSSL",
}
# Debian's copyright files of these say it in prose.
PROSE = {
    "libc6": ("GNU Lesser General Public", "LGPL-2.1-or-later"),
    "libgcc-s1": ("Runtime Library Exception", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "libstdc++6": ("Runtime Library Exception", "GPL-3.0-or-later WITH GCC-exception-3.1"),
}


def fail(text):
    raise SystemExit(f"sbom: {text}")


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def checkout_licence(folder):
    """The licence of a checkout as an expression, with those of what its NOTICE says it contains."""
    files = sorted(path for path in folder.iterdir() if path.name.split(".")[0] in ("LICENSE", "LICENCE", "COPYING"))
    if not files:
        fail(f"{folder} has no licence file")
    text = " ".join(files[0].read_text().split())
    if "Apache License Version 2.0" in text:
        # Apple's runtime exception stands at the end.
        found = {"Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in text else "Apache-2.0"}
    elif "Permission is hereby granted, free of charge, to any person obtaining a copy" in text:
        found = {"MIT"}
    else:
        fail(f"{files[0]}: this licence is not known here; read it, and teach deploy/sbom.py")
    notice = folder / "NOTICE.txt"
    for name in re.findall(r"LICENSE \(([^)]*)\)", notice.read_text() if notice.exists() else ""):
        found.add(NOTICE_NAMES.get(name) or fail(f"{notice}: the licence '{name}' is not known here"))
    return " AND ".join(sorted(found))


def component(kind, name, version, licence, purl, **more):
    return {"type": kind, "bom-ref": purl, "name": name, "version": version,
            "licenses": [{"expression": licence}], "purl": purl, **more}


def packages(resolved, checkouts):
    """The Swift packages, each with its revision."""
    for pin in json.loads(resolved.read_text())["pins"]:
        address = pin["location"].removesuffix(".git")
        name, version = address.rsplit("/", 1)[-1], pin["state"].get("version") or fail(f"{pin['identity']} has no version")
        purl = f"pkg:swift/{address.removeprefix('https://')}@{version}"
        yield component("library", name, version, checkout_licence(checkouts / name), purl,
                        externalReferences=[{"type": "vcs", "url": address}],
                        properties=[{"name": "git:revision", "value": pin["state"]["revision"]}])


def linked(program):
    """The files of the system's libraries that the program names, the Swift runtime's left out."""
    needed = re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", program)) or fail(f"{program} is linked with nothing")
    found = dict(re.findall(r"(\S+) => (\S+)", run("ldd", program)))
    # The loader stands in the list of ldd by its path.
    return [found.get(name, "/lib64/" + name) for name in needed if "/usr/lib/swift/" not in found.get(name, "")]


def debian_owner(path):
    """The package that a library belongs to; dpkg may know it by the path before or after /usr was merged."""
    real = pathlib.Path(path).resolve()
    for candidate in (str(real), str(real).removeprefix("/usr"), path):
        answer = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True)
        if answer.returncode == 0:
            return answer.stdout.split(": ")[0].split(",")[0].split(":")[0]
    fail(f"{path} belongs to no package of Debian")


def debian_licence(package):
    text = pathlib.Path(f"/usr/share/doc/{package}/copyright").read_text()
    if package in PROSE:
        words, licence = PROSE[package]
        return licence if words in " ".join(text.split()) else fail(f"the copyright file of {package} has changed")
    first = re.search(r"^Files:\s*\*.*?^License:\s*(\S+)\s*$", text, re.MULTILINE | re.DOTALL)
    licence = first[1] if first else fail(f"the copyright file of {package} is not known here; read it")
    # SQLite's, for which SPDX's list has a name.
    return "blessing" if licence == "public-domain" else licence


def system_libraries(program):
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE))
    for package in sorted({debian_owner(path) for path in linked(program)}):
        version, architecture = run("dpkg-query", "-W", "-f=${Version} ${Architecture}\n", package).split("\n")[0].split()
        purl = f"pkg:deb/{release['ID']}/{package}@{version.replace('+', '%2B')}?arch={architecture}" \
               f"&distro={release['ID']}-{release.get('VERSION_ID', 'unstable')}"
        yield component("library", package, version, debian_licence(package), purl,
                        properties=[{"name": "linked", "value": "dynamically, from the system"}])


def swift_runtime():
    version = re.search(r"Swift version (\S+)", run("swiftc", "--version"))[1]
    return component("framework", "swift-runtime", version, "Apache-2.0 WITH Swift-exception AND Unicode-3.0",
                     f"pkg:generic/swift-runtime@{version}",
                     description="standard library, Dispatch and Foundation of the toolchain, with ICU in them",
                     externalReferences=[{"type": "distribution", "url": "https://www.swift.org/install/linux/"}])


def main():
    program, resolved, checkouts, version = sys.argv[1:]
    parts = list(packages(pathlib.Path(resolved), pathlib.Path(checkouts)))
    parts += [swift_runtime()] + list(system_libraries(program))
    digest = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    whole = component("application", "voicebridge", version, "Apache-2.0", f"pkg:generic/voicebridge@{version}",
                      hashes=[{"alg": "SHA-256", "content": digest}])
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
        # The same program gives the same bill.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest + json.dumps(parts))}", "version": 1,
        "metadata": {"component": whole}, "components": parts,
        "dependencies": [{"ref": whole["bom-ref"], "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    json.dump(bill, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
