// SPDX-License-Identifier: Apache-2.0
// fuzz-driver TARGET [libFuzzer's arguments]: fuzzes one target until told to stop, or until a finding. See fuzz.sh.
//
// In C, because the program's `main` must give way to libFuzzer's where it is linked in, and a Swift one does not.

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// Of the Swift target FuzzTargets.
int32_t voicebridge_fuzz_find(const char *name);
int32_t voicebridge_fuzz_run(int32_t target, const uint8_t *bytes, size_t count);

static int32_t target;

// Takes the target's name off the arguments, before libFuzzer reads them.
int LLVMFuzzerInitialize(int *argument_count, char ***arguments) {
    target = voicebridge_fuzz_find(*argument_count > 1 ? (*arguments)[1] : NULL);
    if (target < 0) {
        fprintf(stderr, "usage: fuzz-driver TARGET [libFuzzer's arguments]\n");
        exit(64);
    }
    (*arguments)[1] = (*arguments)[0];
    *arguments += 1;
    *argument_count -= 1;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    // libFuzzer saves the input of a program that aborts.
    if (voicebridge_fuzz_run(target, bytes, count) != 0) abort();
    return 0;
}

__attribute__((weak)) int main(void) {
    fprintf(stderr, "built without libFuzzer; use Tests/Fuzz/fuzz.sh\n");
    return 69;
}
