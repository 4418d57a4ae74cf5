// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"

#if defined(__x86_64__)
#include <string.h>
#include "Vectors.h"

enum { width = 16 };

/// Powers of two by segment, for the low half of each lane; 0x8000 in the index leaves the high half zero.
VECTOR_INLINE __m256i power(__m256i segments, __m128i powers) {
    __m256i index = _mm256_or_si256(segments, _mm256_set1_epi16((int16_t)0x8000));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(powers), index);
}

/// Magnitudes, negative where bit 7 of `codes`, in which positive samples have it clear, is set.
VECTOR_INLINE __m256i with_sign(__m256i magnitudes, __m256i codes) {
    return _mm256_sign_epi16(magnitudes, _mm256_or_si256(_mm256_slli_epi16(codes, 8), _mm256_set1_epi16(1)));
}

VECTOR_INLINE __m256i mu_law_samples(__m128i codes) {
    __m256i inverted = _mm256_xor_si256(_mm256_cvtepu8_epi16(codes), _mm256_set1_epi16(0xFF));
    __m256i segments = _mm256_and_si256(_mm256_srli_epi16(inverted, 4), _mm256_set1_epi16(7));
    __m256i steps = _mm256_slli_epi16(_mm256_and_si256(inverted, _mm256_set1_epi16(15)), 3);
    __m256i bias = _mm256_set1_epi16(132);
    __m256i powers = power(segments, _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0));
    __m256i raised = _mm256_mullo_epi16(_mm256_add_epi16(steps, bias), powers);
    return with_sign(_mm256_sub_epi16(raised, bias), inverted);
}

VECTOR_INLINE __m256i a_law_samples(__m128i codes) {
    __m256i index = _mm256_xor_si256(_mm256_cvtepu8_epi16(codes), _mm256_set1_epi16(0xD5));
    __m256i segments = _mm256_and_si256(_mm256_srli_epi16(index, 4), _mm256_set1_epi16(7));
    __m256i steps = _mm256_slli_epi16(_mm256_and_si256(index, _mm256_set1_epi16(15)), 4);
    // The first two segments have one step; all others begin at 16 of theirs.
    __m256i begin = _mm256_slli_epi16(_mm256_min_epi16(segments, _mm256_set1_epi16(1)), 8);
    __m256i middle = _mm256_add_epi16(_mm256_add_epi16(steps, begin), _mm256_set1_epi16(8));
    __m256i powers = power(segments, _mm_setr_epi8(1, 1, 2, 4, 8, 16, 32, 64, 0, 0, 0, 0, 0, 0, 0, 0));
    return with_sign(_mm256_mullo_epi16(middle, powers), index);
}

/// What is short of a vector goes through a little memory.
#define DECODE(law)                                                                                                   \
    __attribute__((target("avx2"))) void audio_kernels_decode_##law(                                                  \
        const uint8_t *codes, int16_t *samples, size_t count                                                          \
    ) {                                                                                                               \
        size_t index = 0;                                                                                             \
        for (; index + width <= count; index += width) {                                                              \
            __m128i some = _mm_loadu_si128((const __m128i *)(codes + index));                                         \
            _mm256_storeu_si256((__m256i *)(samples + index), law##_samples(some));                                   \
        }                                                                                                             \
        if (index == count) return;                                                                                   \
        uint8_t rest[width] = {0};                                                                                    \
        int16_t found[width];                                                                                         \
        memcpy(rest, codes + index, count - index);                                                                   \
        _mm256_storeu_si256((__m256i *)found, law##_samples(_mm_loadu_si128((const __m128i *)rest)));                 \
        memcpy(samples + index, found, (count - index) * sizeof *found);                                              \
    }

DECODE(mu_law)
DECODE(a_law)

#else

void audio_kernels_decode_mu_law(const uint8_t *codes, int16_t *samples, size_t count) {
    (void)codes, (void)samples, (void)count;
    __builtin_trap();
}

void audio_kernels_decode_a_law(const uint8_t *codes, int16_t *samples, size_t count) {
    (void)codes, (void)samples, (void)count;
    __builtin_trap();
}

#endif
