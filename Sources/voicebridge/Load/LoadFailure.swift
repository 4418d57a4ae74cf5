// SPDX-License-Identifier: Apache-2.0
import LoadTesting

/// A load that did not go well, in one line.
struct LoadFailure: Error, CustomStringConvertible {
    let description: String

    init(_ faults: [LoadFault]) {
        description = faults.map(\.description).joined(separator: "; ")
    }

    init(_ capacity: CapacityReport) {
        description = "not even one step of the search went well: \(capacity.steps.first?.fault ?? "none was tried")"
    }
}
