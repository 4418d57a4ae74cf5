// SPDX-License-Identifier: Apache-2.0

/// The version of this program: that of the package's changelog, without the packaging's own number.
enum ProgramVersion {
    static let text = "0.1.0"
}
