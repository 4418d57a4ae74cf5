#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes the bill of materials (CycloneDX 1.6, JSON) of a release build, and checks it.
#
#   sbom.sh [FILE]       .cache/sbom/voicebridge.cdx.json in the repository unless given
#
# Environment: VOICEBRIDGE, an executable to use instead of a release build of these sources.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Tests/Checks/support.sh"
source "$root/Tests/Deploy/support.sh"
file=${1:-$root/.cache/sbom/voicebridge.cdx.json}
need_packages "${build_packages[@]}" "${check_packages[@]}" "${deb_packages[@]}"
need_linters
build_product release
[ -d "$root/.build/checkouts" ] || (cd "$root" && swift package resolve)
mkdir -p "$(dirname "$file")"
version=$(dpkg-parsechangelog -l "$root/deploy/debian/changelog" -S Version)
python3 "$root/deploy/sbom.py" "$VOICEBRIDGE" "$root/Package.resolved" "$root/.build/checkouts" "$version" >"$file"
"$linters/python" "$root/Tests/Deploy/bill.py" "$file" "$root/Package.resolved"
echo "$file"
