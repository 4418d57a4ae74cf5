// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation
import TransportSecurity

/// Finds out whether a platform's requests get in, and if not, what happens to them on their way.
///
/// It sees nothing but answers, so it asks again with one thing changed: what is then let in tells what was changed
/// before.
struct UpgradeCheck: Sendable {
    /// The URL as the platform was given it.
    var url: String
    /// Who asks.
    var platform: CheckedPlatform
    /// What it shows.
    var credentials: CheckCredentials
    /// How `wss` is verified.
    var security = TLSClientConfiguration()

    /// Asks, and judges the answers.
    ///
    /// - Throws: an error that says why there was no answer.
    func finding() async throws -> CheckFinding {
        let bare = try await UpgradeProbe.status(CheckRequest(url: url), security)
        let shown = try await status(signing: url)
        var fault: ProxyFault?
        if bare != 101 {
            switch shown {
            case 401: fault = try await missing()
            case 403 where platform.signsPath: fault = try await difference()
            case 404: fault = try await lostPath()
            default: break
            }
        }
        return CheckFinding(platform, bare: bare, shown: shown, fault)
    }

    /// What the server misses, if it is something that was sent.
    private func missing() async throws -> ProxyFault? {
        if platform == .header { return .dropped(credentials.field) }
        if platform == .queryToken { return .droppedQuery }
        guard platform != .pathToken else { return nil }
        let told = try await RefusalReader.text(request(signing: url), security)
        return platform.fields.first { told.hasSuffix(": \($0)") }.map(ProxyFault.dropped)
    }

    /// What has to be signed instead to be let in.
    private func difference() async throws -> ProxyFault? {
        let own = url.prefix { $0 != ":" }
        for scheme in ["wss", "ws"] where platform.signsScheme && scheme != own {
            if try await isTaken(signing: CheckRequest.url(url, scheme: scheme)) { return .scheme(scheme) }
        }
        for (front, rest) in CheckRequest.cuts(of: CheckRequest.path(of: url)) {
            let cut = CheckRequest.replacing(pathOf: url, with: rest)
            if try await isTaken(signing: cut) { return .strippedPath(front) }
        }
        guard platform.signsURL, let short = CheckRequest.removingQuery(of: url) else { return nil }
        if try await isTaken(signing: short) { return .droppedQuery }
        return try await isTaken(signing: short, to: short) ? .changedQuery : nil
    }

    /// Where the route is, if a proxy's rewriting of paths keeps requests from it.
    private func lostPath() async throws -> ProxyFault? {
        let path = CheckRequest.path(of: url)
        for (front, rest) in CheckRequest.cuts(of: path) {
            if try await isRoute(front + path) { return .strippedPath(front) }
            if try await isRoute(rest) { return .extraPath(front) }
        }
        return nil
    }

    private func isRoute(_ path: String) async throws -> Bool {
        let other = CheckRequest(url: CheckRequest.replacing(pathOf: url, with: path))
        return [101, 401, 403].contains(try await UpgradeProbe.status(other, security))
    }

    private func isTaken(signing signedURL: String, to url: String? = nil) async throws -> Bool {
        try await status(signing: signedURL, to: url) == 101
    }

    private func status(signing signedURL: String, to url: String? = nil) async throws -> Int {
        try await UpgradeProbe.status(request(signing: signedURL, to: url), security)
    }

    private func request(signing signedURL: String, to url: String? = nil) throws -> CheckRequest {
        let nonce = try SecureRandom.bytes(16).reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
        let now = Int(Date().timeIntervalSince1970)
        return try platform.request(to: url ?? self.url, signing: signedURL, credentials, nonce: nonce, now: now)
    }
}
