// SPDX-License-Identifier: Apache-2.0
// In C, because closing descriptors from a number on (glibc 2.34) is an extension that Swift does not see.
#define _GNU_SOURCE
#include "CTestSupport.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

int test_support_spawn(
    int *identifier, const char *path, char *const arguments[], char *const variables[], int input, int output,
    int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    int fault = posix_spawn_file_actions_init(&actions);
    if (fault) return fault;
    fault = posix_spawnattr_init(&attributes);
    if (fault) {
        posix_spawn_file_actions_destroy(&actions);
        return fault;
    }
    fault = input < 0 ? posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                      : posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (!fault) fault = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!fault) fault = posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    if (!fault) fault = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    if (!fault) fault = posix_spawnattr_setsigmask(&attributes, &none);
    if (!fault) fault = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (!fault) fault = posix_spawn(identifier, path, &actions, &attributes, arguments, variables ? variables : environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}
