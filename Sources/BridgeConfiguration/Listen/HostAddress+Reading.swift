// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading

extension MappingReader {
    /// An address under a key, or its default.
    mutating func host(_ key: String, default value: HostAddress) -> HostAddress {
        take(key).flatMap { $0.host() } ?? value
    }
}

extension ConfigurationNode {
    /// An address to bind.
    func host() -> HostAddress? {
        let wanted = "an IPv4 address, an IPv6 address without brackets, or a host name"
        guard let scalar = scalar(wanted) else { return nil }
        guard let host = HostAddress(scalar.text) else {
            report("\(ShownText.quoted(scalar.source)) is no address; give \(wanted)")
            return nil
        }
        return host
    }
}
