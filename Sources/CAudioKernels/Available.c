// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

int audio_kernels_available(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
#else
    return 0;
#endif
}
