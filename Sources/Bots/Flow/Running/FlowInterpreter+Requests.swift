// SPDX-License-Identifier: Apache-2.0

extension FlowInterpreter {
    /// A request with its variables filled in.
    func filled(_ request: FlowRequest) -> FlowHTTPRequest {
        var headers = request.headers.map { header in
            let value: FlowHTTPRequest.HeaderValue =
                switch header.value {
                case .text(let text): .text(text.filled(variables, escaping: .header))
                case .secret(let secret): .secret(secret)
                }
            return FlowHTTPRequest.Header(name: header.name, value: value)
        }
        var body: String?
        switch request.body {
        case .none: break
        case .json(let json):
            body = json.written(variables)
            headers.append(FlowHTTPRequest.Header(name: "Content-Type", value: .text("application/json")))
        case .form(let fields):
            body = fields.map { field in
                let escaping = FlowText.Escaping.url
                return "\(escaping.escape(field.variable))=\(escaping.escape(field.value.filled(variables)))"
            }.joined(separator: "&")
            headers.append(
                FlowHTTPRequest.Header(name: "Content-Type", value: .text("application/x-www-form-urlencoded"))
            )
        }
        return FlowHTTPRequest(
            method: request.method,
            url: request.url.filled(variables, escaping: .url),
            headers: headers,
            body: body.map { Array($0.utf8) } ?? [],
            timeout: request.timeout
        )
    }

    /// Takes an answer, nil when there is none: its fields become variables, and its status says where to go.
    ///
    /// An answer that is not wanted leaves the variables empty.
    mutating func take(_ answer: FlowHTTPAnswer?) -> FlowAction {
        guard case .request(let request) = current else { return .hangUp }
        set("request.status", to: "\(answer?.status ?? 0)")
        let json = answer.flatMap { FlowAnswerJSON($0.body) }
        for field in request.fields { set(field.variable, to: json?.text(at: field.path) ?? "") }
        guard let answer else { return follow(request.failed) }
        if let way = request.statuses.first(where: { $0.pattern.range.contains(answer.status) }) {
            return follow(way.target)
        }
        guard (200...299).contains(answer.status) else { return follow(request.failed) }
        // Fields were asked for and nothing of the kind came.
        if !request.fields.isEmpty, json == nil { return follow(request.failed) }
        return follow(.next)
    }
}
