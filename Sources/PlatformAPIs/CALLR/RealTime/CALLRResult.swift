// SPDX-License-Identifier: Apache-2.0

/// What came of a command.
package struct CALLRResult: Sendable, Equatable {
    /// `command_result`, such as the keys that were read or the name of a recording; nil for none.
    package var text: String?
    /// `command_error`; nil when there was none.
    package var error: String?

    /// A result.
    package init(text: String? = nil, error: String? = nil) {
        self.text = text
        self.error = error
    }
}

/// Why a call at CALLR takes no more commands.
package enum CALLRCallError: Error, Sendable, Equatable {
    /// It is over, as the platform says.
    case ended(CALLRRequest.Status)
    /// The platform did not come back for the next command in time.
    case lost
    /// It took longer than a call may.
    case tooLong
}

extension CALLRCallError: CustomStringConvertible {
    /// Why, in a few words.
    package var description: String {
        switch self {
        case .ended(let status): "the call ended (\(status.rawValue))"
        case .lost: "CALLR did not come back with the command's result"
        case .tooLong: "the call took longer than one may"
        }
    }
}
