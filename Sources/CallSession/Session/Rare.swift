// SPDX-License-Identifier: Apache-2.0

/// A large part of a call that most calls have not: its memory is taken when it is first there, and kept.
@propertyWrapper
struct Rare<Value: Sendable>: Sendable {
    private var storage: [Value] = []

    /// Whether it is there, which is asked for without a copy of it.
    var projectedValue: Bool { !storage.isEmpty }

    var wrappedValue: Value? {
        get { storage.first }
        set {
            guard let newValue else { return storage.removeAll(keepingCapacity: true) }
            if storage.isEmpty {
                storage.append(newValue)
            } else {
                storage[0] = newValue
            }
        }
    }
}
