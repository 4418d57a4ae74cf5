// SPDX-License-Identifier: Apache-2.0

/// One of those who share the server (an entry of `tenants`): whoever its routes' calls are for.
package struct TenantConfiguration: Sendable, Equatable {
    /// `name`: for routes, logs, records and metrics; 1…64 letters, digits, `-`, `_` and `.`, unlike every other.
    package var name: String
    /// `limits`: bounds of its calls on all its routes together.
    package var limits: TenantLimits

    /// A tenant of parts that were checked elsewhere.
    package init(name: String, limits: TenantLimits = TenantLimits()) {
        self.name = name
        self.limits = limits
    }

    /// Whether `name` can be a tenant's.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-_.".utf8.contains(byte)
            }
    }
}
