// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Dialects

/// What a call that is placed at CALLR says of itself (`REALTIME10.Call.Options`, `CLICKTOCALL.Start.Options`).
package struct CALLRCallOptions: Sendable, Equatable {
    /// `cli`: E.164 with `+`, or `BLOCKED`.
    package var callerID = "BLOCKED"
    /// `cdr_field`: at most 32 letters and digits for the platform's record.
    package var recordField = ""

    /// A caller who is not told.
    package init() {}

    func value() throws(PlatformRequestError) -> JSONValue {
        var dialling = CALLRCommand.Dialling()
        (dialling.callerID, dialling.recordField) = (callerID, recordField)
        try dialling.check()
        return .object(["cli": .string(callerID), "cdr_field": .string(recordField)])
    }
}

extension CALLRClient {
    /// Makes a Real-Time application, and gives its id.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - url: where the platform asks.
    ///   - login: for that URL, with its password.
    /// - Returns: the application's id (`hash`).
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func createApplication(
        _ name: String,
        url: String,
        login: (name: String, password: Secret)?
    ) async throws -> String {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw PlatformRequestError("url", "begin with https://")
        }
        var parameters: [String: JSONValue] = ["url": .string(url), "data_format": .string("JSON")]
        if let login {
            parameters["login"] = .string(login.name)
            parameters["password"] = .string(login.password.reveal())
        }
        return try id(
            of: try await call(.createApplication, [.string("REALTIME10"), .string(name), .object(parameters)])
        )
    }

    /// Gives an application a number, by the ids of both.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func assign(number: String, to application: String) async throws {
        _ = try await call(.assignNumber, [.string(application), .string(number)])
    }

    /// Places a call that an application controls, and gives the id of the request (`request_hash`).
    ///
    /// - Throws: ``PlatformRequestError``, ``PlatformCallError``, `CancellationError`.
    package func place(
        _ target: CALLRCommand.Target,
        application: String,
        options: CALLRCallOptions = CALLRCallOptions()
    ) async throws -> String {
        try id(of: try await call(.placeCall, [.string(application), try target.value(), try options.value()]))
    }

    /// Rings one side, then the other, each number in turn, and connects them; gives the id of the connection.
    ///
    /// - Throws: as ``place(_:application:options:)``.
    package func connect(
        _ first: [CALLRCommand.Target],
        to second: [CALLRCommand.Target],
        application: String,
        options: CALLRCallOptions = CALLRCallOptions()
    ) async throws -> String {
        let sides = [try CALLRCommand.Target.values(first), try CALLRCommand.Target.values(second)]
        return try id(
            of: try await call(.clickToCall, [.string(application), sides[0], sides[1], try options.value()])
        )
    }

    /// Cancels what ``connect(_:to:application:options:)`` gave the id of.
    ///
    /// - Throws: ``PlatformCallError``, `CancellationError`.
    package func cancel(connection: String) async throws {
        _ = try await call(.cancelClickToCall, [.string(connection)])
    }

    /// The id of a result: itself, or its `hash`.
    func id(of result: JSONValue) throws -> String {
        guard let id = result.text ?? result["hash"]?.text, !id.isEmpty else {
            let outcome = PlatformOutcome.unclear(.exchange("no_id"))
            throw PlatformCallError(platform: CALLRAccountRequests.platform, outcome: outcome, attempts: 1)
        }
        return id
    }
}
