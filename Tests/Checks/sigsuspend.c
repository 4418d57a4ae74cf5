// SPDX-License-Identifier: Apache-2.0
// To be preloaded under valgrind. Swift's main thread waits in sigsuspend with a mask in memory that may only be read, and
// valgrinds before 3.21 write to it. Here the mask is a copy.
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
