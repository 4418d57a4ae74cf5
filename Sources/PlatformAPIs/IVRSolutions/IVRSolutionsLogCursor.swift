// SPDX-License-Identifier: Apache-2.0

package import Dialects

/// How far each log of IVR Solutions was read, to go on from there, also in another process.
package struct IVRSolutionsLogCursor: Sendable, Equatable {
    /// How far one log was read.
    package struct Mark: Sendable, Equatable {
        /// The last id seen; `0` for none, as the platform writes it.
        package var id = "0"
        /// The day of that call, `YYYY-MM-DD`, or the day from which on logs are wanted; nil when it is not known.
        package var day: String?

        /// A mark.
        package init(id: String = "0", day: String? = nil) {
            self.id = id
            self.day = day
        }
    }

    private var marks: [IVRSolutionsLogKind: Mark] = [:]

    /// The beginning.
    ///
    /// - Parameter since: the first day of which logs are wanted, `YYYY-MM-DD`.
    package init(since: String? = nil) {
        for kind in IVRSolutionsLogKind.allCases { marks[kind] = Mark(day: since) }
    }

    /// How far a log was read.
    package subscript(kind: IVRSolutionsLogKind) -> Mark {
        get { marks[kind] ?? Mark() }
        set { marks[kind] = newValue }
    }
}

extension IVRSolutionsLogCursor {
    /// A cursor from what ``json`` gave; nil when it is none.
    package init?(_ json: JSONValue) {
        self.init()
        for kind in IVRSolutionsLogKind.allCases {
            guard let mark = json[kind.rawValue], let id = mark["id"]?.text, IVRSolutionsLogSync.number(id) != nil
            else {
                return nil
            }
            self[kind] = Mark(id: id, day: mark["day"]?.text)
        }
    }

    /// The cursor as JSON, to be kept.
    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for kind in IVRSolutionsLogKind.allCases {
            members[kind.rawValue] = .object(present: ["id": self[kind].id, "day": self[kind].day])
        }
        return .object(members)
    }
}
