#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a reader would otherwise have to look for: format and documentation comments, imports of the rooms, dependencies
# that are used but not declared, first lines, names of files. Nothing here changes a file; `swift format -i -r PATH` does.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
cd "$root"
need_packages "${build_packages[@]}"

format() {
    local folders=(Sources Tests Package.swift) files
    [ ! -d bench/Benchmarks ] || folders+=(bench/Benchmarks bench/Package.swift bench/audio)
    files=$(find "${folders[@]}" -name '*.swift' -not -path '*/.build/*' | wc -l)
    [ "$files" -gt 0 ] || { echo "there are no files" >&2; return 1; }
    swift format lint --strict --parallel --recursive "${folders[@]}"
    echo "$files files formatted as .swift-format says, all that is public documented"
}

imports() {
    Tests/Checks/imports.sh --self-test
    Tests/Checks/imports.sh
}

# Errors of this build that are not of the check itself come from `make test` in clearer words.
dependencies() {
    swift build --build-tests --explicit-target-dependency-import-check error
}

first_lines() {
    local file expected wrong=0 files=0
    while IFS= read -r file; do
        files=$((files + 1))
        case $file in
        *.sh | *.py | */run) expected='# SPDX-License-Identifier: Apache-2.0' ;;
        *) expected='// SPDX-License-Identifier: Apache-2.0' ;;
        esac
        head -n 2 "$file" | grep -qxF "$expected" || { echo "$file: no licence in its first lines" >&2; wrong=1; }
    done < <(git ls-files -co --exclude-standard -- '*.swift' '*.sh' '*.py' '*.c' '*.h' .ci/run ':!:Package.swift' \
        ':!:bench/Package.swift')
    echo "$files files name their licence"
    [ "$files" -gt 0 ] && [ $wrong -eq 0 ]
}

began=$SECONDS
phase format format
phase imports imports
phase "first lines" first_lines
phase dependencies dependencies
end_phases lint $((SECONDS - began))
