// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import Dialects
internal import OutboundHTTP

/// Twilio's Calls resource, and SignalWire's, which is like it.
///
/// `POST …/Accounts/{AccountSid}/Calls/{CallSid}.json` with `Status=completed` ends a call; with `Twiml` it goes on with
/// new instructions, with `Url` with those found there. Both end the media stream.
package struct TwilioRequests: CallControlRequests {
    /// What stands before `/Accounts`.
    package static let base = "https://api.twilio.com/2010-04-01"
    /// The most numbers that one `Dial` rings.
    static let maximumNumbers = 10

    package let platform: String
    package let transfers: Set<TransferTarget.Kind> = [.phone, .phones, .flow, .bot, .sip]
    package var numbering: NumberingPlan?
    private let base: String
    private let account: String
    private let authorization: String
    private let callerID: String?

    /// Requests in the name of an account.
    ///
    /// - Parameters:
    ///   - account: the account's id, `AC…`.
    ///   - key: the id of an API key, `SK…`; nil to sign in as the account.
    ///   - token: the account's token, or the key's secret.
    ///   - callerID: the number that whoever is called sees; nil leaves that of the caller.
    ///   - numbering: writes national numbers internationally; nil sends them as they are.
    ///   - base: what stands before `/Accounts`; for SignalWire `https://SPACE.signalwire.com/api/laml/2010-04-01`.
    ///   - platform: the name in records and errors.
    package init(
        account: String,
        key: String? = nil,
        token: Secret,
        callerID: String? = nil,
        numbering: NumberingPlan? = nil,
        base: String = Self.base,
        platform: String = "twilio"
    ) {
        self.platform = platform
        self.numbering = numbering
        self.base = base
        self.account = account
        self.callerID = callerID
        authorization = Authorization.basic(key ?? account, token)
    }

    package func plan(_ action: CallAction, on call: CallStart) throws(CallControlError) -> PlannedRequest {
        let id = URLEncodedForm.pathSegment(try identity(of: call))
        let url = "\(base)/Accounts/\(URLEncodedForm.pathSegment(account))/Calls/\(id).json"
        var form = URLEncodedForm()
        switch action {
        case .hangUp: form.append("Status", "completed")
        case .transfer(.flow(let target)): form.append("Url", try targets.document(target))
        case .transfer(let target): form.append("Twiml", "<Response>\(try verb(for: target))</Response>")
        }
        return PlannedRequest(
            .form(.post, url, authorization: authorization, form),
            isRepeatable: action == .hangUp
        )
    }

    package func outcome(of answer: PlatformAnswer, to action: CallAction) -> PlatformOutcome {
        if answer.isSuccess { return .done }
        let code = answer.json?["code"]?.text
        // 20404: no such call any more. 21220: it is no longer in progress.
        if code == "20404" || code == "21220" { return .alreadyOver }
        return answer.failure(code: code, message: answer.json?["message"]?.text)
    }

    private func verb(for target: TransferTarget) throws(CallControlError) -> String {
        let caller = callerID.map { " callerId=\"\(XMLText.escaped($0))\"" } ?? ""
        switch target {
        case .phone(let phone): return "<Dial\(caller)><Number>\(try targets.number(phone))</Number></Dial>"
        case .phones(let phones, let strategy):
            let nouns = try targets.numbers(phones, atMost: Self.maximumNumbers).map { "<Number>\($0)</Number>" }
                .joined()
            return "<Dial\(caller)\(strategy == .sequential ? " sequential=\"true\"" : "")>\(nouns)</Dial>"
        case .sip(let uri): return "<Dial\(caller)><Sip>\(XMLText.escaped(try targets.sip(uri)))</Sip></Dial>"
        case .bot(let url): return "<Connect><Stream url=\"\(XMLText.escaped(try targets.bot(url)))\"/></Connect>"
        case .extension, .flow: throw .unsupported(platform, target.kind)
        }
    }
}
