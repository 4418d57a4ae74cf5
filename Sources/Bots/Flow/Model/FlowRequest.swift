// SPDX-License-Identifier: Apache-2.0
package import VoiceBridge

/// A request over HTTP.
package struct FlowRequest: Sendable, Equatable {
    /// GET, POST, PUT, PATCH or DELETE.
    package var method: String
    /// The URL; variables in it are percent-encoded, and none stands in its host.
    package var url: FlowText
    /// The header fields.
    package var headers: [Header]
    /// The body.
    package var body: Body
    /// How long the whole answer may take, 100 ms…30 s.
    package var timeout: Duration
    /// `into`: variables and the fields of the answer's JSON that they take.
    package var fields: [Field]
    /// `status`: where an answer of a certain status leads, the first that fits.
    package var statuses: [Way]
    /// Where the step leads when there is no answer in time, or one of a status that is neither 2xx nor named.
    package var failed: FlowTarget

    /// A header field.
    package struct Header: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Its value.
        package var value: Value

        /// What a header holds.
        package enum Value: Sendable, Equatable {
            /// Text with variables.
            case text(FlowText)
            /// Something that is never shown.
            case secret(Secret)
        }
    }

    /// What a request carries.
    package enum Body: Sendable, Equatable {
        /// Nothing.
        case none
        /// `json`.
        case json(FlowJSON)
        /// `form`: as a browser sends a form (WHATWG URL §5).
        case form([FlowAssignment])
    }

    /// A variable and the field of the answer that it takes.
    package struct Field: Sendable, Equatable {
        /// The variable.
        package var variable: String
        /// Keys of objects and indices of lists, from the top.
        package var path: [String]
    }

    /// A status and where it leads.
    package struct Way: Sendable, Equatable {
        /// The status.
        package var pattern: StatusPattern
        /// Where it leads.
        package var target: FlowTarget
    }

    /// One status, `404`, or all of a class, `4xx`.
    package struct StatusPattern: Sendable, Equatable, CustomStringConvertible {
        /// The statuses that fit.
        package let range: ClosedRange<Int>

        /// A pattern from its text; nil when it is none.
        package init?(_ text: String) {
            if let status = Int(text), (100...599).contains(status), text.count == 3 {
                range = status...status
            } else if text.count == 3, text.hasSuffix("xx"), let hundreds = text.first?.wholeNumberValue,
                (1...5).contains(hundreds)
            {
                range = hundreds * 100...hundreds * 100 + 99
            } else {
                return nil
            }
        }

        /// `404` or `4xx`.
        package var description: String {
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound / 100)xx"
        }
    }

    /// A request.
    package init(
        method: String = "GET",
        url: FlowText,
        headers: [Header] = [],
        body: Body = .none,
        timeout: Duration = .seconds(5),
        fields: [Field] = [],
        statuses: [Way] = [],
        failed: FlowTarget
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.fields = fields
        self.statuses = statuses
        self.failed = failed
    }
}
