// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

#if defined(__x86_64__)
#include "Vectors.h"

/// The sum of four 64-bit numbers.
VECTOR_INLINE int64_t total(__m256i parts) {
    __m128i halves = _mm_add_epi64(_mm256_castsi256_si128(parts), _mm256_extracti128_si256(parts, 1));
    return _mm_cvtsi128_si64(halves) + _mm_extract_epi64(halves, 1);
}

__attribute__((target("avx2"))) void audio_kernels_sums(
    const int16_t *samples, size_t count, int64_t *sum, int64_t *squares
) {
    __m256i found_sums = _mm256_setzero_si256(), found_squares = _mm256_setzero_si256();
    const __m256i ones = _mm256_set1_epi16(1), low = _mm256_set1_epi64x(0xFFFFFFFF);
    size_t index = 0;
    while (index + 16 <= count) {
        // A sum of two samples takes 17 bits: so many vectors fill 32.
        size_t end = count - index > 16 * 32768 ? index + 16 * 32768 : count;
        __m256i near_sums = _mm256_setzero_si256();
        for (; index + 16 <= end; index += 16) {
            __m256i x = _mm256_loadu_si256((const __m256i *)(samples + index));
            near_sums = _mm256_add_epi32(near_sums, _mm256_madd_epi16(x, ones));
            // Two squares fill 32 bits without a sign.
            __m256i products = _mm256_madd_epi16(x, x);
            found_squares = _mm256_add_epi64(found_squares, _mm256_and_si256(products, low));
            found_squares = _mm256_add_epi64(found_squares, _mm256_srli_epi64(products, 32));
        }
        found_sums = _mm256_add_epi64(found_sums, _mm256_cvtepi32_epi64(_mm256_castsi256_si128(near_sums)));
        found_sums = _mm256_add_epi64(found_sums, _mm256_cvtepi32_epi64(_mm256_extracti128_si256(near_sums, 1)));
    }
    *sum = total(found_sums);
    *squares = total(found_squares);
    for (; index < count; index++) {
        *sum += samples[index];
        *squares += (int64_t)samples[index] * samples[index];
    }
}

#else

void audio_kernels_sums(const int16_t *samples, size_t count, int64_t *sum, int64_t *squares) {
    (void)samples, (void)count, (void)sum, (void)squares;
    __builtin_trap();
}

#endif
