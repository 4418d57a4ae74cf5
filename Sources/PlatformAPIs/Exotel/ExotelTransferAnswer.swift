// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects
internal import OutboundHTTP

/// Tells Exotel's flow where a call goes, once the bot's socket is closed.
package struct ExotelTransferAnswer: HTTPReceiver {
    /// The applet that asks.
    package enum Applet: Sendable {
        /// Passthru: 200 leads to its first next applet, which connects; 302 to the other.
        case passthru
        /// Connect with a dynamic URL: JSON with the numbers to ring.
        case connect
    }

    private let applet: Applet
    private let store: TransferStore

    /// An answer out of a store.
    ///
    /// - Parameters:
    ///   - applet: the applet that asks.
    ///   - store: where call control keeps the targets.
    package init(_ applet: Applet, store: TransferStore) {
        self.applet = applet
        self.store = store
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
        guard request.method == "GET" else { return HTTPReply(status: 405) }
        let fields = URLEncodedForm(parsing: request.query ?? "")
        guard let call = fields["CallSid"], !call.isEmpty else { return HTTPReply(status: 400) }
        let target = store[CallID(call)]
        switch applet {
        case .passthru: return HTTPReply(status: target == nil ? 302 : 200)
        case .connect:
            return HTTPReply(status: 200, contentType: "application/json", body: destination(target).encoded)
        }
    }

    private func destination(_ target: TransferTarget?) -> JSONValue {
        var numbers: [String] = []
        var rings = false
        switch target {
        case .phone(let phone): numbers = [phone]
        case .phones(let phones, let strategy):
            numbers = phones
            rings = strategy == .simultaneous && phones.count > 1
        default: break
        }
        var members: [String: JSONValue] = [
            "fetch_after_attempt": .flag(false),
            "destination": .object(["numbers": .array(numbers.map(JSONValue.string))]),
        ]
        if rings {
            members["parallel_ringing"] = .object([
                "activate": .flag(true), "max_parallel_attempts": .number(numbers.count),
            ])
        }
        return .object(members)
    }
}
