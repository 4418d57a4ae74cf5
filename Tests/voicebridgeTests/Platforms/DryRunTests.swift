// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What `dial` and `sms` would send, typed from the platforms' documents.
@Suite struct DryRunTests {
    private static let fields = "Authorization: (secret)\nAccept: application/json\nContent-Type: application/json"

    static let runs: [(arguments: String, output: String)] = [
        (
            """
            dial ivr-solutions bot --to 09876543210 --url wss://example.com/stream --header Authorization \
            --platform-bot 4821 --agent-extension 2101 --after-answer --sip sip:bot@example.com --language en-IN \
            --system-message Help. --opening-line Hi. --at 2025-12-31_13:00:00 --time-zone Asia/Kolkata
            """,
            """
            POST https://api.ivrsolutions.in/api/dial_by_aivoicebot
            \(fields)

            {"Voicechat_id":"4821","ai_agent_ext":"2101","connect_ws_after_answer":"1","customer_no":"09876543210",\
            "schedule_datetime":"2025-12-31 13:00:00","sip_url":"sip:bot@example.com","sttlanguage_code":"en-IN",\
            "system_msg":"Help.","text":"Hi.","timezone":"Asia/Kolkata","wss_header":"(secret)",\
            "wss_url":"wss://example.com/stream"}

            """
        ),
        (
            "dial ivr-solutions click-to-call --agent 2101 --to 09876543210 --did +911143104567",
            """
            POST https://api.ivrsolutions.in/api/c2c_post
            \(fields)

            {"did":"+911143104567","ext_no":"2101","phone":"09876543210"}

            """
        ),
        (
            "dial ivr-solutions connect --first +919876543210 --second +919123456789 --did +911143104567 --announcement Hi",
            """
            POST https://api.ivrsolutions.in/api/click_connect
            \(fields)

            {"body":"Hi","did":"+911143104567","first_phone":"+919876543210","second_phone":"+919123456789"}

            """
        ),
        (
            "dial ivr-solutions cancel --first +919876543210 --did +911143104567 --base http://127.0.0.1:1/",
            """
            POST http://127.0.0.1:1/api/click_connect_update
            \(fields)

            {"action":"cancel","did":"+911143104567","first_number":"+919876543210"}

            """
        ),
        (
            """
            dial digo click-to-call --endpoint https://d.example/ --agent 0505 --to +12025550134 --caller-id 2025550199 \
            --async --call-timeout 32 --call-id --identifier order-7 --numbers international
            """,
            """
            POST https://d.example/v1/click_to_call
            \(fields)

            {"agent_number":"0505","async":1,"call_timeout":32,"caller_id":2025550199,"custom_identifier":"order-7",\
            "destination_number":"+12025550134","get_call_id":1}

            """
        ),
        (
            "dial digo announce --endpoint https://d.example --to +919810000001 --list 7 --field 5=12=34",
            """
            POST https://d.example/v1/broadcast/lead/7
            \(fields)

            {"duplicate_option":"overwrite","field_0":"9810000001","field_5":"12=34"}

            POST https://d.example/v1/c2c_api
            \(fields)

            {"api_key":"(secret)","customer_number":"9810000001"}

            """
        ),
        (
            """
            sms push --from 652322 --to +919810000001 --text Hello --transaction t1 --report-url https://c.example/d \
            --no-report-failures --shorten-links --type promotional --entity 1 --template 2
            """,
            """
            POST https://engage-api.digo.link/v1/messaging/sms
            \(fields)
            X-Authorization: (secret)

            {"dlr":{"mask":0,"url":"https://c.example/d"},"from":"652322","msg":"Hello","tiny":"1",\
            "tlv":{"PE_ID":"1","TEMPLATE_ID":"2"},"to":"+919810000001","transactionID":"t1","type":"promotional"}

            """
        ),
        (
            "sms notify --from S --name offers --transaction t2 --to +919810000001 --to 12025550134 --text Hello --json",
            """
            {"body":{"campaignName":"offers","channel":"sms","dataSet":[{"message":"Hello","msisdn":"919810000001"},\
            {"message":"Hello","msisdn":"12025550134"}],"oa":"S","tiny":"0","transactionID":"t2"},\
            "headers":{"Accept":"application/json","Authorization":"(secret)","Content-Type":"application/json",\
            "X-Authorization":"(secret)"},"method":"POST","url":"https://engage-api.digo.link/notify"}

            """
        ),
    ]

    /// Words of a command line; `_` stands for a space in one of them.
    static func words(_ line: String) -> [String] {
        line.split(separator: " ").map { String($0).replacing("_", with: " ") }
    }

    @Test(arguments: runs.indices) func `Shows the request, without its secrets, and sends nothing`(index: Int) throws {
        let run = try CommandRun(Self.words(Self.runs[index].arguments) + ["--dry-run"])
        #expect(run.output == Self.runs[index].output)
        #expect(run.errors == "" && run.status == 0)
    }

    static let faults: [(arguments: String, line: String)] = [
        ("dial ivr-solutions bot --to 98 --url wss://b --dry-run", "dial: customer_no: give digits"),
        ("dial ivr-solutions bot --to 098 --url http://b --dry-run", "dial: wss_url: begin with wss://"),
        ("dial ivr-solutions bot --to 098 --url wss://b", "Error: give one of --token-environment and --token-file"),
        (
            "dial ivr-solutions bot --to 098 --url wss://b --token-file a --header A",
            "Error: give one of --header-environment and --header-file"
        ),
        (
            "dial ivr-solutions bot --to 098 --url wss://b --header-file a --dry-run",
            "Error: name the field that has the value with --header"
        ),
        (
            "dial ivr-solutions bot --to 098 --url wss://b --time-zone UTC --dry-run",
            "Error: --time-zone has a meaning beside --at only"
        ),
        (
            "dial ivr-solutions click-to-call --to x --agent 1 --did 2 --dry-run",
            "dial: phone: give a telephone number"
        ),
        ("dial digo click-to-call --endpoint d --agent 1 --to 2 --dry-run", "Error: --endpoint 'd' is no URL"),
        (
            "dial digo click-to-call --endpoint https://d --agent 1 --to 9810000001 --numbers international --dry-run",
            "dial: destination_number: give the number with its country's code"
        ),
        (
            "dial digo announce --endpoint https://d --to 9810000001 --list 7 --field five=1 --dry-run",
            "Error: --field 'five=1': write NUMBER=TEXT"
        ),
        ("sms push --from S --to 9810000001 --text a --dry-run", "sms: to: give the number with its country's code"),
        (
            "sms push --from S --to +919810000001 --text a --template 1 --dry-run",
            "Error: give --entity and --template together"
        ),
        ("sms notify --from S --name N --to +919810000001 --dry-run", "Error: give --to with --text"),
        (
            "sms push --from S --to +919810000001 --text a --timeout 0 --dry-run",
            "Error: --timeout 0: give 1 to 300 seconds"
        ),
    ]

    @Test(arguments: faults.indices) func `Says what is wrong in one line, with status 64`(index: Int) throws {
        let run = try CommandRun(Self.words(Self.faults[index].arguments))
        #expect(run.output == "" && run.status == 64)
        #expect(run.errors.hasPrefix(Self.faults[index].line), "\(run.errors)")
    }

    static let files: [(input: String, line: String)] = [
        ("{\"to\": \"+919810000001\", \"text\": \"a\"}\nx\n", "sms: standard input:2 is no person"),
        ("", "sms: dataSet: give 1 to 100000 people; these are 0"),
        ("{\"to\": \"981\", \"text\": \"a\"}", "sms: dataSet[0].msisdn: give the number with its country's code"),
    ]

    @Test(arguments: files.indices) func `A file of people is read to the line`(index: Int) throws {
        let arguments = Self.words("sms notify --from S --name N --recipients - --dry-run")
        let run = try CommandRun(arguments, input: Self.files[index].input)
        #expect(run.output == "" && run.status != 0)
        #expect(run.errors.hasPrefix(Self.files[index].line), "\(run.errors)")
    }
}
