// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// The JSON of an answer, for its fields.
enum FlowAnswerJSON: Decodable, Equatable {
    case text(String)
    case list([FlowAnswerJSON])
    case object([String: FlowAnswerJSON])
    case null

    /// The JSON of a body; nil when it is none.
    init?(_ body: [UInt8]) {
        guard body.count <= FlowHTTPAnswer.maximumBytes,
            let json = try? JSONDecoder().decode(FlowAnswerJSON.self, from: Data(body))
        else { return nil }
        self = json
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: AnyKey.self) {
            var object: [String: FlowAnswerJSON] = [:]
            for key in members.allKeys {
                object[key.stringValue] = try members.decode(FlowAnswerJSON.self, forKey: key)
            }
            self = .object(object)
            return
        }
        if var elements = try? decoder.unkeyedContainer() {
            var list: [FlowAnswerJSON] = []
            while !elements.isAtEnd { list.append(try elements.decode(FlowAnswerJSON.self)) }
            self = .list(list)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .text("\(flag)")
        } else if let integer = try? value.decode(Int64.self) {
            self = .text("\(integer)")
        } else if let number = try? value.decode(Double.self) {
            self = .text("\(number)")
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    /// The text, number or flag at a path; nil when there is none.
    func text(at path: [String]) -> String? {
        var value = self
        for key in path {
            switch value {
            case .object(let members):
                guard let member = members[key] else { return nil }
                value = member
            case .list(let elements):
                guard let index = Int(key), elements.indices.contains(index) else { return nil }
                value = elements[index]
            case .text, .null: return nil
            }
        }
        guard case .text(let text) = value else { return nil }
        return text
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
