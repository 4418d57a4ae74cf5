// SPDX-License-Identifier: Apache-2.0
internal import CallModel

extension BridgeConfiguration {
    /// `observability.traces`.
    func write(_ traces: TracesConfiguration) -> (inout YAMLWriter) -> Void {
        { writer in
            writer.string("endpoint", traces.endpoint)
            if !traces.headers.isEmpty {
                writer.mapping("headers") { writer in
                    for name in traces.headers.keys.sorted() { writer.secret(name) }
                }
            }
            let isWhole = traces.sample == traces.sample.rounded()
            writer.plain("sample", isWhole ? "\(Int(traces.sample))" : "\(traces.sample)")
            writer.string("service_name", traces.serviceName)
            writer.plain("plain", traces.isPlainAllowed)
        }
    }
}
