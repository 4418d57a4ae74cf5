// SPDX-License-Identifier: Apache-2.0
package import CallModel
internal import Yams

extension ConfigurationNode {
    /// What a printed configuration has in place of secrets.
    package static let hiddenSecret = "(secret)"
    /// Largest file of a secret, in bytes.
    package static let maximumSecretBytes = 65_536

    /// What a secret may be made of.
    package enum SecretAlphabet {
        /// Anything but control characters.
        case text
        /// The value of an HTTP header: visible ASCII and inner spaces (RFC 9110 §5.5).
        case headerValue
        /// A token in a header or a URL: visible ASCII.
        case token
    }

    /// A secret: a text, `{file: …}`, `{environment: …}` or `{credential: …}`.
    ///
    /// No fault shows any of it.
    package func secret(_ alphabet: SecretAlphabet) -> Secret? {
        let text: String?
        if case .mapping = node {
            text = secretFromElsewhere()
        } else {
            text = scalar("a secret: a text, `{file: F}`, `{environment: NAME}` or `{credential: NAME}`")?.text
        }
        guard let text else { return nil }
        if text == Self.hiddenSecret {
            report("is what a printed configuration has in place of a secret; put the secret in")
        } else if text.isEmpty {
            report("is an empty secret; give one")
        } else if let fault = Self.fault(of: text, alphabet) {
            report(fault)
        } else {
            return Secret(text)
        }
        return nil
    }

    private func secretFromElsewhere() -> String? {
        guard var reader = MappingReader(self) else { return nil }
        let sources = ["file", "environment", "credential"].map { ($0, reader.take($0)) }
        // A secret in braces is a mapping with the secret as key, so unknown keys stay unseen.
        reader.finish(showsKeys: false)
        let given = sources.compactMap { name, value in value.map { (name, $0) } }
        guard given.count == 1, let (name, value) = given.first else {
            if given.count > 1 || reader.entries.isEmpty {
                report("needs one source; give one of `file`, `environment` and `credential`")
            }
            return nil
        }
        switch name {
        case "file": return value.text("the path of a file").flatMap(value.secretFile)
        case "credential": return value.credential()
        default: return value.variable()
        }
    }

    private func variable() -> String? {
        guard let name = text("the name of an environment variable") else { return nil }
        guard let value = context.environment[name] else {
            report("the environment variable \(ShownText.quoted(name)) is not set; set it")
            return nil
        }
        return value
    }

    private func credential() -> String? {
        guard let name = text("the name of a systemd credential") else { return nil }
        guard let directory = context.environment["CREDENTIALS_DIRECTORY"] else {
            report("systemd gives this process no credentials; add `LoadCredential=` to the unit or use `file`")
            return nil
        }
        guard !name.contains("/") else {
            report("is a path; give the name that `LoadCredential=` gives it")
            return nil
        }
        return secretFile("\(directory)/\(name)")
    }

    private func secretFile(_ path: String) -> String? {
        switch context.bytes(ofFile: path) {
        case .failure(let error):
            report("cannot read the secret (\(ShownText.bounded("\(error)"))); check the path and who may read it")
            return nil
        case .success(let bytes):
            guard bytes.count <= Self.maximumSecretBytes, var text = String(validating: bytes, as: UTF8.self) else {
                report("is not a file of up to \(Self.maximumSecretBytes) bytes of UTF-8; put the secret alone into it")
                return nil
            }
            while let last = text.last, last.isNewline { text.removeLast() }
            return text
        }
    }

    private static func fault(of secret: String, _ alphabet: SecretAlphabet) -> String? {
        let isVisible = secret.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        switch alphabet {
        case .token where !isVisible:
            return "is a secret with spaces or characters that are not ASCII; a token has visible ASCII only"
        case .headerValue where !secret.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
            .headerValue where secret.first == " " || secret.last == " ":
            return "is a secret that no header can carry; use visible ASCII with spaces only inside"
        case .text where secret.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }):
            return "is a secret with control characters; keep it to one line"
        default:
            return nil
        }
    }
}
