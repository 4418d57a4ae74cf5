// SPDX-License-Identifier: Apache-2.0
import Dialects
import PlatformAPIs

/// Decides by a table whom a caller to a masking number is connected to.
struct MaskingTable: NumberMasking {
    private let destinations: [String: String]

    /// A table of numbers to connect by masking number, both in any form.
    init(_ numbers: [String: String]) {
        destinations = Dictionary(numbers.map { (Self.key($0.key), $0.value) }) { first, _ in first }
    }

    func destination(of call: MaskedCall) async -> String? { destinations[Self.key(call.to)] }

    /// What is wrong with a table and what to do; nil when it is good.
    static func problem(_ numbers: [String: String]) -> String? {
        if numbers.isEmpty { return "has no number; give `\"MASKING NUMBER\": \"NUMBER TO CONNECT\"` lines" }
        if numbers.contains(where: { DialableNumber($0.key) == nil || DialableNumber($0.value) == nil }) {
            return "has what is no telephone number; give digits with an optional +"
        }
        guard Set(numbers.keys.map(key)).count == numbers.count else {
            return "has a masking number twice, written in two ways; remove one"
        }
        return nil
    }

    /// One spelling of a number that may be written nationally or internationally.
    private static func key(_ number: String) -> String {
        NumberingPlan.india.normalized(number) ?? DialableNumber(number)?.text ?? number
    }
}
