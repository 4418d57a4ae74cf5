#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the Debian package for this machine's release and architecture, and runs lintian over it.
#
#   deb.sh [FOLDER]      where the package is put; .cache/deb in the repository unless given
#
# Environment: VOICEBRIDGE, an executable to pack instead of a static release build. When it is linked with the toolchain's
# libraries the package is good for trying its parts, and not for another machine.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Tests/Checks/support.sh"
target=${1:-$root/.cache/deb}
need_packages "${build_packages[@]}" "${deb_packages[@]}"
version=$(dpkg-parsechangelog -l "$root/deploy/debian/changelog" -S Version)

# A build folder of its own, so that this and the ordinary build do not undo each other.
build=$root/.build
if [ -z "${VOICEBRIDGE:-}" ]; then
    build=$root/.build-static
    # Foundation's static library leaves libcurl to whoever links it.
    need_packages libcurl4-openssl-dev
    (cd "$root" && swift build -c release --product voicebridge --static-swift-stdlib -Xlinker -lcurl --scratch-path "$build")
    VOICEBRIDGE=$build/release/voicebridge
fi
[ -d "$build/checkouts" ] || (cd "$root" && swift package resolve)

work=$cache/deb
tree=$work/voicebridge-$version
rm -rf "$work"
mkdir -p "$tree" "$target"
cp -r "$root/deploy/debian" "$tree/debian"
cp "$VOICEBRIDGE" "$tree/voicebridge"
cp -r "$root"/deploy/{voicebridge.yaml,flows,proxies,observability,openapi.yaml} "$root/SECURITY.md" "$tree"
cp "$root/deploy/README.md" "$tree/README.md"
for unit in voicebridge voicebridge@; do cp "$root/deploy/$unit.service" "$tree/debian/$unit.service"; done
cp "$root/deploy/voicebridge.sysusers" "$root/deploy/voicebridge.tmpfiles" "$tree/debian"
python3 "$root/deploy/sbom.py" "$VOICEBRIDGE" "$root/Package.resolved" "$build/checkouts" "$version" >"$tree/sbom.cdx.json"

# Debian's own hardening flags are for C; the program is there already.
runtime=$(ldd "$VOICEBRIDGE" | awk '/libswiftCore/ {print $3}')
[ -z "$runtime" ] || runtime=$(dirname "$runtime")
(cd "$tree" && RUNTIME=$runtime dpkg-buildpackage --build=binary --no-sign --no-check-builddeps) >"$work/build.log" 2>&1 || {
    tail -n 20 "$work/build.log" >&2
    echo "the package was not built; all of it is in $work/build.log" >&2
    exit 1
}
package=$(find "$work" -maxdepth 1 -name '*.deb')
lintian --allow-root --fail-on error,warning ${runtime:+--suppress-tags custom-library-search-path,undeclared-elf-prerequisites} "$package"
cp "$package" "$target"
[ -z "$runtime" ] || echo "for trials: it needs the toolchain's libraries in $runtime"
echo "$target/$(basename "$package"), $(du -h "$package" | cut -f1)"
