// SPDX-License-Identifier: Apache-2.0

/// A wire whose messages say in one member what they are, and may have their members in any order.
protocol NamedMessageWire: PlatformWire {
    /// The member that says what a message of the server is.
    static var nameKey: String { get }
    /// What a message of the server means.
    mutating func meaning(of message: WireMessage) throws(WireFault) -> ServerMessage
}

extension NamedMessageWire {
    mutating func read(_ text: [UInt8]) -> (
        name: String, members: [PlainJSON.Member], Result<ServerMessage, WireFault>
    ) {
        do throws(WireFault) {
            let message = try WireMessage(text, namedBy: Self.nameKey)
            do throws(WireFault) {
                return (message.name, message.members, .success(try meaning(of: message)))
            } catch {
                return (message.name, message.members, .failure(error))
            }
        } catch {
            return ("?", [], .failure(error))
        }
    }
}
