// SPDX-License-Identifier: Apache-2.0
#include "CAudioKernels.h"
#include <math.h>
#include <pthread.h>

// Plain loops over separate real and imaginary parts, innermost over neighbours, for the compiler to lay over vectors.

enum { window = audio_kernels_spectrum_window, points = window / 2 };

static struct {
    float weights[window];
    uint8_t places[points];
    // cos and -sin of 2 pi k / n: n/2 of them for n = 8, 16, 32, 64 and 128, one after the other, then 128 for n = 256.
    float cosines[window];
    float sines[window];
} tables;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
    const double turn = 6.283185307179586;
    double sum = 0;
    for (int k = 0; k < window; k++) sum += pow(0.5 - 0.5 * cos(turn * k / window), 2);
    for (int k = 0; k < window; k++) tables.weights[k] = (float)((0.5 - 0.5 * cos(turn * k / window)) / sqrt(sum));
    for (int k = 0; k < points; k++)
        for (int bit = 0; bit < 7; bit++) tables.places[k] |= (uint8_t)((k >> bit & 1) << (6 - bit));
    int root = 0;
    for (int order = 8; order <= window; order *= 2)
        for (int k = 0; k < order / 2; k++, root++) {
            tables.cosines[root] = (float)cos(turn * k / order);
            tables.sines[root] = (float)-sin(turn * k / order);
        }
}

static void first_stages(const int16_t *samples, float *restrict real, float *restrict imaginary) {
    // Even samples are the real parts and odd ones the imaginary parts of half as many complex numbers, in bit-reversed
    // order; roots of order 2 and 4 need no multiplication.
    for (int first = 0; first < points; first += 4) {
        float r[4], i[4];
        for (int k = 0; k < 4; k++) {
            int place = 2 * tables.places[first + k];
            r[k] = (float)samples[place] * tables.weights[place];
            i[k] = (float)samples[place + 1] * tables.weights[place + 1];
        }
        float r0 = r[0] + r[1], i0 = i[0] + i[1], r1 = r[0] - r[1], i1 = i[0] - i[1];
        float r2 = r[2] + r[3], i2 = i[2] + i[3], r3 = r[2] - r[3], i3 = i[2] - i[3];
        real[first] = r0 + r2;
        imaginary[first] = i0 + i2;
        real[first + 1] = r1 + i3;
        imaginary[first + 1] = i1 - r3;
        real[first + 2] = r0 - r2;
        imaginary[first + 2] = i0 - i2;
        real[first + 3] = r1 - i3;
        imaginary[first + 3] = i1 + r3;
    }
}

static void butterflies(
    int span, const float *restrict cosines, const float *restrict sines, float *restrict low_real,
    float *restrict low_imaginary, float *restrict high_real, float *restrict high_imaginary) {
    for (int k = 0; k < span; k++) {
        float turned_real = high_real[k] * cosines[k] - high_imaginary[k] * sines[k];
        float turned_imaginary = high_real[k] * sines[k] + high_imaginary[k] * cosines[k];
        high_real[k] = low_real[k] - turned_real;
        high_imaginary[k] = low_imaginary[k] - turned_imaginary;
        low_real[k] += turned_real;
        low_imaginary[k] += turned_imaginary;
    }
}

void audio_kernels_power_spectrum(const int16_t *samples, float *powers) {
    pthread_once(&once, make_tables);
    float real[points + 1], imaginary[points + 1];
    first_stages(samples, real, imaginary);
    const float *cosines = tables.cosines, *sines = tables.sines;
    for (int span = 4; span < points; span *= 2) {
        for (int low = 0; low < points; low += 2 * span)
            butterflies(
                span, cosines, sines, real + low, imaginary + low, real + low + span, imaginary + low + span);
        cosines += span;
        sines += span;
    }
    // What the transform of the real signal is, from that of its halves: the tables' last part has its roots.
    float mirrored_real[points], mirrored_imaginary[points];
    real[points] = real[0];
    imaginary[points] = imaginary[0];
    for (int bin = 0; bin < points; bin++) {
        mirrored_real[bin] = real[points - bin];
        mirrored_imaginary[bin] = imaginary[points - bin];
    }
    for (int bin = 0; bin < points; bin++) {
        float even_real = 0.5f * (real[bin] + mirrored_real[bin]);
        float even_imaginary = 0.5f * (imaginary[bin] - mirrored_imaginary[bin]);
        float odd_real = 0.5f * (imaginary[bin] + mirrored_imaginary[bin]);
        float odd_imaginary = -0.5f * (real[bin] - mirrored_real[bin]);
        float sum_real = even_real + odd_real * cosines[bin] - odd_imaginary * sines[bin];
        float sum_imaginary = even_imaginary + odd_real * sines[bin] + odd_imaginary * cosines[bin];
        powers[bin] = sum_real * sum_real + sum_imaginary * sum_imaginary;
    }
}
