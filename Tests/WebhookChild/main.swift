// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Glibc
import Logging
import Operations
import OutboundHTTP

// Arguments: the spool, the URL, the secret, and a name for the calls.
let arguments = CommandLine.arguments
var settings = WebhooksConfiguration()
settings.endpoints = [
    WebhookEndpoint(name: "crm", url: arguments[2], events: [.callStarted, .callEnded], secret: Secret(arguments[3]))
]
let sender = try WebhookSender(
    path: arguments[1],
    settings: settings,
    calls: 16,
    client: URLSessionClient(),
    logger: Logger(label: "webhook-child") { _ in SwiftLogNoOpLogHandler() }
)
sender.start()

func begin(_ number: Int) -> (any CallObserver)? {
    guard let room = sender.makeRoom(route: "/v1/exotel") else { return nil }
    let start = CallStart(callID: CallID("\(arguments[4])/\(number)"), streamID: "stream", platform: "exotel")
    room.callStarted(start, route: "/v1/exotel", bot: "echo")
    return room
}

// Calls begin and end for ever, eight at a time; what is in the spool for good is told.
var live: [(number: Int, room: any CallObserver)] = []
var number = 0
while true {
    guard let room = begin(number) else { continue }
    live.append((number, room))
    number += 1
    guard live.count > 8 else { continue }
    let oldest = live.removeFirst()
    let summary = CallSummary(reason: EndReason(side: .caller, code: "stop"), duration: .milliseconds(1))
    oldest.room.callEnded(summary, id: CallID("\(arguments[4])/\(oldest.number)"), route: "/v1/exotel", bot: "echo")
    // Few may wait, so that there is always something on its way and never much behind it.
    while sender.counters.queued > 0 || sender.counters.pending > 8 || sender.counters.backlog > 40 {
        try await Task.sleep(for: .microseconds(200))
    }
    let line = Array("\(oldest.number + 1)\n".utf8)
    _ = unsafe write(STDOUT_FILENO, line, line.count)
}
