#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the documentation's web site from the comments of public symbols and the articles, with the toolchain's own
# tools. A link that leads nowhere fails.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
need_packages "${build_packages[@]}"
home=$root/.cache/docs
site=$home/site
docc=$(dirname "$(readlink -f "$(command -v swift)")")/docc
[ -x "$docc" ] || { echo "the toolchain has no docc beside swift" >&2; exit 1; }

swift build --target BridgeServer --target Bots --target VoiceBridgeTesting
graphs=$home/graphs
rm -rf "$home"
mkdir -p "$graphs"
modules=$(swift build --show-bin-path)/Modules
# Where the C modules lie that these import: as they are in sources, and as the build has made them.
mapfile -t headers < <(
    find Sources .build/checkouts -name module.modulemap -printf '-I%h\n'
    find -L "$modules/.." -maxdepth 2 -name module.modulemap -printf '-Xcc\n-fmodule-map-file=%p\n'
)
for module in VoiceBridge CallModel BridgeServer Bots VoiceBridgeTesting; do
    "$(dirname "$docc")/swift-symbolgraph-extract" -module-name "$module" -minimum-access-level public -I "$modules" \
        "${headers[@]}" \
        -target "$(swiftc -print-target-info | sed -n 's/.*"triple": "\([^"]*\)".*/\1/p' | head -n 1)" \
        -output-dir "$graphs"
done
"$docc" convert Sources/VoiceBridge/VoiceBridge.docc --additional-symbol-graph-dir "$graphs" \
    --fallback-display-name VoiceBridge --fallback-bundle-identifier voicebridge --warnings-as-errors \
    --output-path "$site"
pages=$(find "$site/data" -name '*.json' | wc -l)
[ "$pages" -gt 0 ] || { echo "no page was made" >&2; exit 1; }
echo "docs: $pages pages in $site; to read them: python3 -m http.server --directory $site"
