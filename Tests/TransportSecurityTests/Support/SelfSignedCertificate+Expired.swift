// SPDX-License-Identifier: Apache-2.0
import TransportSecurity

extension SelfSignedCertificate {
    /// A certificate for localhost that ended an hour ago.
    static func expired() throws -> SelfSignedCertificate {
        try make(hosts: ["localhost"], validFor: .seconds(3_600), from: .seconds(-7_200))
    }
}
