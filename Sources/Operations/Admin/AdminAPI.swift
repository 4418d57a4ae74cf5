// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import BridgeServer
package import CallModel
import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import Synchronization

/// What an operator and Prometheus are answered on the admin port.
///
/// It reads what is known of calls without asking them, and acts on a call on the call's own event loop, with a deadline: an
/// answer says what came of it.
package final class AdminAPI: AdminResponder {
    let server: BridgeServer
    let page: MetricsPage
    let prompts: PromptFolder
    let voice: AdminSpeech?
    let level: LogLevel
    let logger: Logger
    private let gate: AdminGate
    private let keepsMetrics: Bool
    private let complaints = Mutex(RefusalMemory())

    private let router = Mutex<RouterResponder<AdminContext>?>(nil)

    /// Answers for a server.
    ///
    /// - Parameters:
    ///   - server: whose calls are seen and acted on.
    ///   - configuration: its configuration.
    ///   - page: what Prometheus is told.
    ///   - voice: says texts; nil when nothing does.
    ///   - level: the level of the program's log.
    ///   - logger: where each action is told.
    package init(
        server: BridgeServer,
        configuration: BridgeConfiguration,
        page: MetricsPage,
        voice: AdminSpeech? = nil,
        level: LogLevel,
        logger: Logger
    ) {
        self.server = server
        self.page = page
        self.voice = voice
        self.level = level
        self.logger = logger
        prompts = PromptFolder(path: configuration.admin.prompts)
        gate = AdminGate(configuration.admin)
        keepsMetrics = configuration.observability.keepsMetrics
    }

    package func judge(_ head: ReceivedHTTPRequest) -> AdminJudgement {
        guard let fault = gate.refusal(of: head) else {
            return .accepted(maximumBody: AdminOperation.maximumBody(ofPath: head.path))
        }
        tell(fault)
        return .refused(Self.reply(fault))
    }

    package func answer(_ request: ReceivedHTTPRequest) async -> AdminReply {
        do {
            return try await answered(request)
        } catch {
            return Self.reply(Self.fault(of: error))
        }
    }

    private func answered(_ request: ReceivedHTTPRequest) async throws -> AdminReply {
        guard let method = HTTPRequest.Method(rawValue: request.method) else {
            throw AdminFault(.badRequest, "bad_request", "the method is none")
        }
        // What HEAD is answered is what GET is, without the body.
        let asked = method == .head ? .get : method
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        var fields = HTTPFields()
        for header in request.headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        let head = HTTPRequest(method: asked, scheme: nil, authority: nil, path: target, headerFields: fields)
        let body = ByteBuffer(bytes: request.body)
        let response = try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: body)),
            context: AdminContext(source: AdminContext.Origin(logger: logger))
        )
        // The router answers for itself where it knows no handler, without a word.
        guard response.status != .notFound || response.headers[.contentType] != nil else {
            throw AdminFault.unknownPath
        }
        let writer = CollectedBody()
        try await response.body.write(writer)
        return AdminReply(
            status: response.status.code,
            headers: response.headers.map { AdminReply.Header($0.name.rawName, $0.value) },
            body: writer.bytes
        )
    }

    private var responder: RouterResponder<AdminContext> {
        router.withLock { router in
            if let router { return router }
            let made = makeRouter().buildResponder()
            router = made
            return made
        }
    }

    private func makeRouter() -> Router<AdminContext> {
        let router = Router(context: AdminContext.self)
        let byPath = Dictionary(grouping: AdminOperation.allCases, by: \.path)
        for (path, operations) in byPath {
            for operation in operations {
                router.on(RouterPath(path), method: operation.method) { [self] request, context in
                    try await perform(operation, request, context)
                }
            }
            let allowed = operations.map(\.method)
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    let names = allowed.map(\.rawValue)
                    let message = "this path is asked by \(names.joined(separator: " or "))"
                    var response = Self.response(AdminFault(.methodNotAllowed, "method_not_allowed", message))
                    response.headers[.allow] = names.joined(separator: ", ")
                    return response
                }
            }
        }
        return router
    }

    private func perform(
        _ operation: AdminOperation,
        _ request: Request,
        _ context: AdminContext
    ) async throws -> Response {
        do {
            switch operation {
            case .metrics: return await metrics()
            case .load: return Self.text(server.load + "\n", type: "application/json")
            case .server: return try Self.json(.ok, state)
            case .drain: return try drain()
            case .logLevel: return try Self.json(.ok, LogLevelBody(level: level.current.rawValue))
            case .setLogLevel: return try await setLevel(request)
            case .calls: return try list(request)
            case .call: return try await detail(request, context)
            case .hangUp: return try await hangUp(request, context)
            case .transfer: return try await transfer(request, context)
            case .play: return try await play(request, context)
            case .flush: return try await flush(request, context)
            }
        } catch {
            return Self.response(Self.fault(of: error))
        }
    }

    private func metrics() async -> Response {
        guard keepsMetrics else {
            return Self.text("# observability.metrics is off\n", type: PrometheusText.contentType)
        }
        return Self.text(await page.text(), type: PrometheusText.contentType)
    }

    /// A wrong token is worth a line in the log, and a flood of them is not worth as many.
    private func tell(_ fault: AdminFault) {
        guard let count = complaints.withLock({ $0.note(at: ContinuousClock.now) }) else { return }
        logger.warning(
            "refused on the admin port",
            metadata: ["reason": "\(fault.code)", "since_last_told": "\(count)"]
        )
    }
}
