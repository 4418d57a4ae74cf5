// SPDX-License-Identifier: Apache-2.0

internal import CallModel
internal import Dialects

extension IVRSolutionsBotCall {
    /// The members of the request's body.
    ///
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse or misread.
    func members() throws(PlatformRequestError) -> [String: String?] {
        guard let customer = DialableNumber(customer), customer.text.hasPrefix("0") || customer.text.utf8.count > 10
        else {
            throw PlatformRequestError("customer_no", "give digits with 0 or the country's code before them")
        }
        guard webSocketURL != nil || voiceChatID != nil else {
            throw PlatformRequestError("wss_url", "give the bot's URL, or the platform's bot as Voicechat_id")
        }
        if let webSocketURL, !webSocketURL.hasPrefix("wss://") {
            throw PlatformRequestError("wss_url", "begin with wss://")
        }
        if let sipURI, !sipURI.hasPrefix("sip:"), !sipURI.hasPrefix("sips:") {
            throw PlatformRequestError("sip_url", "begin with sip: or sips:")
        }
        try schedule?.check()
        return [
            "customer_no": customer.text, "wss_url": webSocketURL, "wss_header": try webSocketHeader?.line(),
            "Voicechat_id": voiceChatID, "ai_agent_ext": agentExtension,
            "connect_ws_after_answer": connectsAfterAnswer.map { $0 ? "1" : "0" }, "sip_url": sipURI,
            "system_msg": systemMessage, "text": openingLine, "sttlanguage_code": language,
            "schedule_datetime": schedule?.dateAndTime, "timezone": schedule?.timeZone,
        ]
    }
}

extension IVRSolutionsBotCall.Header {
    /// The field as one line, which is how the platform takes it.
    fileprivate func line() throws(PlatformRequestError) -> String {
        let value = value.reveal()
        let token = name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
        guard !name.isEmpty, token, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw PlatformRequestError("wss_header", "give a field's name and a value without line breaks")
        }
        return "\(name): \(value)"
    }
}
