// SPDX-License-Identifier: Apache-2.0
#pragma once

// Starts a program with three descriptors, all others closed and no signal blocked, whatever the thread that calls
// blocks. `input` below 0 is /dev/null; `variables` of NULL leaves the environment ours. Gives 0 and sets `identifier`,
// or the number of an error.
int test_support_spawn(
    int *identifier, const char *path, char *const arguments[], char *const variables[], int input, int output,
    int errors);
