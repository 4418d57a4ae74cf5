// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"
#include <math.h>
#include <pthread.h>
#include <string.h>

// One source for both forms, in vectors of eight that the compiler makes of what the processor has: each lane of either
// form does the same sums in the same order, and a product and a sum stay two roundings.
#pragma clang fp contract(off)

#define INLINE static inline __attribute__((always_inline))

enum { window = audio_kernels_spectrum_window, points = window / 2, width = 8 };

typedef float vector __attribute__((vector_size(32)));
typedef int32_t pairs __attribute__((vector_size(32)));

typedef struct {
    vector real, imaginary;
} numbers;

static struct {
    // The window's weights at even and at odd samples, halved as the last step wants them.
    vector even[points / width], odd[points / width];
    // cos and -sin of 2 pi k / n: n/2 of them for n = 8, 16, 32, 64 and 128, one after the other, then 128 for n = 256.
    float cosines[window];
    float sines[window];
} tables;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
    const double turn = 6.283185307179586;
    double sum = 0;
    for (int k = 0; k < window; k++) sum += pow(0.5 - 0.5 * cos(turn * k / window), 2);
    for (int k = 0; k < window; k++) {
        float weight = (float)((0.5 - 0.5 * cos(turn * k / window)) / sqrt(sum));
        (k % 2 ? tables.odd : tables.even)[k / 2 / width][k / 2 % width] = 0.5f * weight;
    }
    int root = 0;
    for (int order = 8; order <= window; order *= 2)
        for (int k = 0; k < order / 2; k++, root++) {
            tables.cosines[root] = (float)cos(turn * k / order);
            tables.sines[root] = (float)-sin(turn * k / order);
        }
}

INLINE void load(const float *from, vector *to) { memcpy(to, from, sizeof *to); }
INLINE void store(const vector *from, float *to) { memcpy(to, from, sizeof *from); }

/// Turns `high` by the roots, then leaves the sum with `low` there and the difference here.
INLINE void combine(numbers *low, numbers *high, const vector *cosines, const vector *sines) {
    vector real = high->real * *cosines - high->imaginary * *sines;
    vector imaginary = high->real * *sines + high->imaginary * *cosines;
    high->real = low->real - real;
    high->imaginary = low->imaginary - imaginary;
    low->real += real;
    low->imaginary += imaginary;
}

/// The windowed samples as half as many complex numbers, the even ones their real parts, `width` from `first` on.
INLINE void take(const int16_t *samples, int first, numbers *to) {
    pairs both;
    memcpy(&both, samples + 2 * first, sizeof both);
    to->real = __builtin_convertvector((pairs)((both << 16) >> 16), vector) * tables.even[first / width];
    to->imaginary = __builtin_convertvector((pairs)(both >> 16), vector) * tables.odd[first / width];
}

/// Rows to columns.
INLINE void transpose(vector *rows) {
    vector a[width], b[width];
    for (int k = 0; k < width; k += 2) {
        a[k] = __builtin_shufflevector(rows[k], rows[k + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        a[k + 1] = __builtin_shufflevector(rows[k], rows[k + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int k = 0; k < width; k += 4) {
        b[k] = __builtin_shufflevector(a[k], a[k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        b[k + 1] = __builtin_shufflevector(a[k], a[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        b[k + 2] = __builtin_shufflevector(a[k + 1], a[k + 3], 0, 1, 8, 9, 4, 5, 12, 13);
        b[k + 3] = __builtin_shufflevector(a[k + 1], a[k + 3], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    for (int k = 0; k < width / 2; k++) {
        rows[k] = __builtin_shufflevector(b[k], b[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        rows[k + 4] = __builtin_shufflevector(b[k], b[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// The first four of seven stages. What meets in them lies 64, 32, 16 and 8 numbers apart, so that a vector holds
/// neighbours and every root is the same for all of it; row k of the result holds the k-th numbers of eight blocks of 16.
INLINE void combine_neighbours(const int16_t *samples, numbers rows[2 * width]) {
    numbers all[4][4];
    for (int part = 0; part < 4; part++) {
        numbers n0, n1, n2, n3;
        take(samples, width * part, &n0);
        take(samples, width * part + 64, &n1);
        take(samples, width * part + 32, &n2);
        take(samples, width * part + 96, &n3);
        // Roots of order 2 and 4 need no multiplication.
        vector r0 = n0.real + n1.real, i0 = n0.imaginary + n1.imaginary;
        vector r1 = n0.real - n1.real, i1 = n0.imaginary - n1.imaginary;
        vector r2 = n2.real + n3.real, i2 = n2.imaginary + n3.imaginary;
        vector r3 = n2.real - n3.real, i3 = n2.imaginary - n3.imaginary;
        all[0][part] = (numbers){r0 + r2, i0 + i2};
        all[1][part] = (numbers){r1 + i3, i1 - r3};
        all[2][part] = (numbers){r0 - r2, i0 - i2};
        all[3][part] = (numbers){r1 - i3, i1 + r3};
    }
    const float *cosines = tables.cosines, *sines = tables.sines;
    for (int k = 0; k < 4; k++) {
        vector c = cosines[k] - (vector){}, s = sines[k] - (vector){};
        combine(&all[k][0], &all[k][2], &c, &s);
        combine(&all[k][1], &all[k][3], &c, &s);
    }
    for (int k = 0; k < 8; k++) {
        vector c = cosines[4 + k] - (vector){}, s = sines[4 + k] - (vector){};
        numbers *low = k < 4 ? &all[k][0] : &all[k - 4][2];
        combine(&low[0], &low[1], &c, &s);
        rows[k] = low[0];
        rows[k + 8] = low[1];
    }
}

INLINE void power_spectrum(const int16_t *samples, float *powers) {
    numbers rows[2 * width];
    combine_neighbours(samples, rows);
    static const uint8_t places[width] = {0, 4, 2, 6, 1, 5, 3, 7};
    float real[points + width], imaginary[points + width];
    for (int half = 0; half < 2; half++) {
        vector r[width], i[width];
        for (int k = 0; k < width; k++) {
            r[k] = rows[width * half + k].real;
            i[k] = rows[width * half + k].imaginary;
        }
        transpose(r);
        transpose(i);
        for (int k = 0; k < width; k++) {
            store(&r[k], real + 2 * width * places[k] + width * half);
            store(&i[k], imaginary + 2 * width * places[k] + width * half);
        }
    }
    const float *cosines = tables.cosines + 12, *sines = tables.sines + 12;
    for (int span = 16; span < points; span *= 2) {
        for (int k = 0; k < span; k += width) {
            vector c, s;
            load(cosines + k, &c);
            load(sines + k, &s);
            for (int place = k; place < points; place += 2 * span) {
                numbers low, high;
                load(real + place, &low.real);
                load(imaginary + place, &low.imaginary);
                load(real + place + span, &high.real);
                load(imaginary + place + span, &high.imaginary);
                combine(&low, &high, &c, &s);
                store(&low.real, real + place);
                store(&low.imaginary, imaginary + place);
                store(&high.real, real + place + span);
                store(&high.imaginary, imaginary + place + span);
            }
        }
        cosines += span;
        sines += span;
    }
    // What the transform of the real signal is, from that of its halves: the tables' last part has its roots.
    real[points] = real[0];
    imaginary[points] = imaginary[0];
    for (int bin = 0; bin < points; bin += width) {
        vector r, i, mirrored_r, mirrored_i, c, s;
        load(real + bin, &r);
        load(imaginary + bin, &i);
        int mirror = points - bin - width + 1;
        load(real + mirror, &mirrored_r);
        load(imaginary + mirror, &mirrored_i);
        mirrored_r = __builtin_shufflevector(mirrored_r, mirrored_r, 7, 6, 5, 4, 3, 2, 1, 0);
        mirrored_i = __builtin_shufflevector(mirrored_i, mirrored_i, 7, 6, 5, 4, 3, 2, 1, 0);
        load(cosines + bin, &c);
        load(sines + bin, &s);
        vector even_r = r + mirrored_r, even_i = i - mirrored_i;
        vector odd_r = i + mirrored_i, odd_i = mirrored_r - r;
        vector sum_r = even_r + odd_r * c - odd_i * s;
        vector sum_i = even_i + odd_r * s + odd_i * c;
        vector power = sum_r * sum_r + sum_i * sum_i;
        store(&power, powers + bin);
    }
}

void audio_kernels_power_spectrum_plainly(const int16_t *samples, float *powers) {
    pthread_once(&once, make_tables);
    power_spectrum(samples, powers);
}

#if defined(__x86_64__)
__attribute__((target("avx2")))
#endif
void audio_kernels_power_spectrum(const int16_t *samples, float *powers) {
    pthread_once(&once, make_tables);
    power_spectrum(samples, powers);
}
