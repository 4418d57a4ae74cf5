// SPDX-License-Identifier: Apache-2.0
import Tracing

/// A place in a trace, as servers tell each other of it (W3C Trace Context).
struct TraceContext: Sendable, Hashable {
    /// Most bytes of ``state`` that are passed on (W3C Trace Context §3.3.1.5: at least 512).
    static let longestState = 512

    /// The trace's id: 128 bits, not all zero.
    var traceID: TraceID
    /// The span's id, not zero.
    var spanID: UInt64
    /// Whether the trace is recorded.
    var isSampled: Bool
    /// What tracing systems on the way keep with the trace (`tracestate`), passed on as it came.
    var state = ""
}

// `traceparent` (W3C Trace Context §3.2).
extension TraceContext {
    /// What a `traceparent` says; nil when it is not valid, and then nothing of it holds.
    ///
    /// Of a version above 00 what this one knows is read, as the standard has it.
    init?(traceparent: String, tracestate: String? = nil) {
        let bytes = Array(traceparent.utf8)
        guard bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let version = Self.number(bytes[0..<2]), version != 0xFF,
            bytes.count == 55 || (version > 0 && bytes[55] == UInt8(ascii: "-")),
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]), high | low != 0,
            let spanID = Self.number(bytes[36..<52]), spanID != 0, let flags = Self.number(bytes[53..<55])
        else { return nil }
        traceID = TraceID(high: high, low: low)
        self.spanID = spanID
        isSampled = flags & 1 == 1
        if let tracestate, tracestate.utf8.count <= Self.longestState { state = tracestate }
    }

    /// The place, of version 00.
    var traceparent: String { "00-\(traceID)-\(spanID.hexadecimal)-\(isSampled ? "01" : "00")" }

    /// A number in small hexadecimal digits; capital ones are not valid.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}

/// The id of a trace.
struct TraceID: Sendable, Hashable, CustomStringConvertible {
    var high: UInt64
    var low: UInt64

    /// 32 hexadecimal digits.
    var description: String { high.hexadecimal + low.hexadecimal }
}

extension UInt64 {
    /// 16 hexadecimal digits.
    var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension ServiceContext {
    private enum Key: ServiceContextKey {
        typealias Value = TraceContext
        static let nameOverride: String? = "voicebridge-trace"
    }

    /// Where in which trace this is; nil for nowhere.
    var trace: TraceContext? {
        get { self[Key.self] }
        set { self[Key.self] = newValue }
    }
}
