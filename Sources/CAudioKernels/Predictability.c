// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"
#include <string.h>

// One source for both forms, as that of the spectrum.
#pragma clang fp contract(off)

#define INLINE static inline __attribute__((always_inline))

enum { width = 8, before = 2, most = audio_kernels_predictability_most };

typedef float vector __attribute__((vector_size(32)));
typedef int16_t half_vector __attribute__((vector_size(16)));

INLINE float total(const vector *parts) {
    float sum = 0;
    for (int lane = 0; lane < width; lane++) sum += (*parts)[lane];
    return sum;
}

INLINE void products(const int16_t *samples, size_t count, float mean, float found[3]) {
    // What lies before the first and behind the last adds nothing.
    float line[before + most + width];
    for (int i = 0; i < before; i++) line[i] = 0;
    for (int i = 0; i < width; i++) line[before + count + i] = 0;
    size_t index = 0;
    for (; index + width <= count; index += width) {
        half_vector some;
        memcpy(&some, samples + index, sizeof some);
        vector centred = __builtin_convertvector(some, vector) - mean;
        memcpy(line + before + index, &centred, sizeof centred);
    }
    for (; index < count; index++) line[before + index] = (float)samples[index] - mean;
    vector power = {}, first = {}, second = {};
    for (index = 0; index < count; index += width) {
        vector x, once, twice;
        memcpy(&x, line + before + index, sizeof x);
        memcpy(&once, line + before + index - 1, sizeof once);
        memcpy(&twice, line + before + index - 2, sizeof twice);
        power += x * x;
        first += x * once;
        second += x * twice;
    }
    found[0] = total(&power);
    found[1] = total(&first);
    found[2] = total(&second);
}

void audio_kernels_predictability_plainly(const int16_t *samples, size_t count, float mean, float *found) {
    products(samples, count, mean, found);
}

#if defined(__x86_64__)
__attribute__((target("avx2")))
#endif
void audio_kernels_predictability(const int16_t *samples, size_t count, float mean, float *found) {
    products(samples, count, mean, found);
}
