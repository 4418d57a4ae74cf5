// SPDX-License-Identifier: Apache-2.0

// Faults, times and sizes as a configuration has them are part of what this room gives.
@_exported public import ConfigurationReading
