// SPDX-License-Identifier: Apache-2.0

extension Task where Failure == Never {
    /// What it gives; when it takes too long it is cancelled.
    func value(cancelledAfter limit: Duration) async -> Success {
        // A task of its own: whoever waits may have been cancelled, and its sleeps would end at once.
        let alarm = Task<Void, Never>.detached {
            guard (try? await Task<Never, Never>.sleep(for: limit)) != nil else { return }
            cancel()
        }
        defer { alarm.cancel() }
        return await value
    }
}
