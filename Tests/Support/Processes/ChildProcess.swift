// SPDX-License-Identifier: Apache-2.0
internal import CTestSupport
internal import Foundation
internal import Glibc

/// A program in a process of its own, started by `posix_spawn` (POSIX.1-2017).
///
/// Foundation's `Process` is not used: before it starts a program it lists the descriptors of this process, and in doing so
/// reads past the end of the list, which ends this process when it has some hundred of them open.
package struct ChildProcess: Sendable {
    /// The program could not be started.
    package struct StartError: Error, CustomStringConvertible {
        /// What could not be started, and why.
        package let description: String
    }

    /// The process's id.
    package let identifier: Int32

    /// Starts a program; no descriptor but the three that are named reaches it.
    ///
    /// - Parameters:
    ///   - executable: the file's path.
    ///   - arguments: what follows the program's name.
    ///   - environment: its variables; nil leaves it ours.
    ///   - input: descriptor for its standard input; nil is `/dev/null`.
    ///   - output: descriptor for its standard output.
    ///   - errors: descriptor for its standard error.
    /// - Throws: ``StartError`` when the system cannot start it.
    package init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String]? = nil,
        input: Int32? = nil,
        output: Int32,
        errors: Int32
    ) throws(StartError) {
        let variables = environment?.map { "\($0.key)=\($0.value)" }
        var identifier: Int32 = 0
        let fault = unsafe Self.withTexts([executable] + arguments) { arguments in
            unsafe Self.withTexts(variables) { variables in
                unsafe test_support_spawn(&identifier, executable, arguments, variables, input ?? -1, output, errors)
            }
        }
        guard fault == 0 else { throw StartError(description: "cannot start \(executable): error \(fault)") }
        self.identifier = identifier
    }

    /// Waits for its end, blocking this thread; its exit status, or the number of the signal that ended it.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : signal
    }

    /// Waits for its end on a thread of its own.
    package func whenEnded(_ take: @escaping @Sendable (Int32) -> Void) {
        Thread.detachNewThread { take(wait()) }
    }

    private static func withTexts(
        _ texts: [String]?,
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
    ) -> Int32 {
        guard let texts else { return body(nil) }
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(&pointers)
    }
}
