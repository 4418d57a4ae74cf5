// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("Flags of serve")
struct ServeFlagsTests {
    private func make(_ change: (inout ServeFlags) -> Void) throws(ConfigurationError) -> BridgeConfiguration {
        var flags = ServeFlags()
        change(&flags)
        return try BridgeConfiguration.make(
            from: flags,
            bots: Fixture.bots,
            dialects: Fixture.dialects,
            readFile: Fixture.readFile
        )
    }

    private func faults(_ change: (inout ServeFlags) -> Void) -> String {
        do {
            _ = try make(change)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("a token alone is the smallest file")
    func smallest() throws {
        #expect(try make { $0.token = "t0ken" } == Fixture.load(Fixture.smallest))
    }

    @Test("each flag sets what it names, and nothing in it is a variable")
    func all() throws {
        let configuration = try make { flags in
            flags.host = "0.0.0.0"
            flags.port = 0
            flags.certificate = "cert.pem"
            flags.key = "key.pem"
            flags.dialect = "exotel"
            flags.bot = "echo"
            flags.token = "a$b${c}"
            flags.adminPort = 0
            flags.records = "$calls"
        }
        #expect(configuration.listen.host.isEveryAddress)
        #expect(configuration.listen.port == 0)
        #expect(
            configuration.listen.security == .certificate(CertificateFiles(certificate: "cert.pem", key: "key.pem"))
        )
        #expect(configuration.admin.port == 0)
        #expect(configuration.records.path == "$calls")
        let route = configuration.routes[0]
        #expect(route.path == "/v1/exotel")
        #expect(route.dialect == "exotel")
        #expect(route.bot == "echo")
        #expect(route.authentication.credentials == [.bearer(Secret("a$b${c}"))])
    }

    @Test("no authentication: on loopback, elsewhere with --i-know")
    func open() throws {
        #expect(try make { $0.noAuth = true }.routes[0].authentication.isOpen)
        let remote = try make { flags in
            flags.host = "192.0.2.1"
            flags.plain = true
            flags.noAuth = true
            flags.iKnow = true
        }
        #expect(remote.routes[0].authentication.isOpen)
        #expect(remote.listen.security == .plain)
    }

    @Test("faults have the names of flags")
    func faultNames() {
        #expect(
            faults { flags in
                flags.host = "192.0.2.1"
                flags.plain = true
                flags.noAuth = true
            } == "--no-auth: would let anybody reach the bot on this address; give --token or add --i-know"
        )
        #expect(
            faults { flags in
                flags.host = "192.0.2.1"
                flags.token = "t"
            }
                == "--tls-certificate: would be a self-signed certificate, which is for loopback only; "
                + "give --tls-certificate and --tls-key, or --plain behind a proxy that speaks TLS"
        )
        #expect(
            faults { flags in
                flags.certificate = "cert.pem"
                flags.token = "t"
            } == "--tls-key: is missing; give the PEM file of the certificate's private key"
        )
        #expect(
            faults { flags in
                flags.port = 70_000
                flags.adminPort = -1
                flags.token = "t"
            } == "--port: `70000` is out of range; give 0…65535\n--admin-port: `-1` is out of range; give 0…65535"
        )
        #expect(faults { $0.bot = "eco" }.hasSuffix("did you mean `echo`?"))
        #expect(faults { _ in } == "--no-auth: is missing; give --token, or --no-auth on loopback")
    }

    @Test("over a file: listen and admin are replaced, through aliases and nothing written too")
    func overrides() throws {
        var flags = ServeFlags()
        flags.port = 1
        flags.plain = true
        flags.adminPort = 2
        let yaml = """
            x-listen: &listen {host: 127.0.0.2, port: 7, tls: {certificate: gone.pem, key: gone.pem}}
            listen: *listen
            admin:
            """
        let configuration = try Fixture.load(Fixture.with(yaml), overrides: flags)
        #expect(configuration.listen.host.text == "127.0.0.2")
        #expect(configuration.listen.port == 1)
        #expect(configuration.listen.security == .plain)
        #expect(configuration.admin.port == 2)
    }

    @Test("over a file: a certificate replaces plain and self-signed", arguments: ["plain: true", "tls: self-signed"])
    func overriddenSecurity(_ written: String) throws {
        var flags = ServeFlags()
        flags.certificate = "cert.pem"
        flags.key = "key.pem"
        let configuration = try Fixture.load(Fixture.with("listen: {\(written)}"), overrides: flags)
        #expect(
            configuration.listen.security == .certificate(CertificateFiles(certificate: "cert.pem", key: "key.pem"))
        )
    }

    @Test("options of the bot are those of a file, and a fault in one names the flag")
    func botOptions() throws {
        let times = BotOption(name: "times", kind: .integer(1...3), default: .integer(1), summary: "how often")
        let wait = BotOption(name: "wait", kind: .duration(.zero ... .seconds(9)), summary: "how long")
        let bots = [BotDescription(name: "caller", summary: "", options: [times, wait])]
        func make(_ options: [String: String]) throws -> BridgeConfiguration {
            var flags = ServeFlags()
            flags.token = "t0ken"
            flags.bot = "caller"
            flags.botOptions = options
            return try BridgeConfiguration.make(
                from: flags,
                bots: bots,
                dialects: Fixture.dialects,
                readFile: { _ in [] }
            )
        }
        let route = try #require(make(["times": "3", "wait": "250ms"]).routes.first)
        #expect(route.botOptions.integer("times") == 3)
        #expect(route.botOptions.duration("wait") == .milliseconds(250))
        for wrong in [["times": "4"], ["tmies": "1"]] {
            let error = #expect(throws: ConfigurationError.self) { try make(wrong) }
            #expect(error?.description.contains("--bot-option \(wrong.keys.first ?? "")") == true)
        }
    }

    @Test("a flow is the bot flow with its file, and no other bot")
    func flow() throws {
        var flags = ServeFlags()
        flags.token = "t0ken"
        flags.flow = "menu.yaml"
        let file = BotOption(name: "file", kind: .file, summary: "the flow", isRequired: true)
        func make(from flags: ServeFlags) throws -> BridgeConfiguration {
            try BridgeConfiguration.make(
                from: flags,
                bots: [BotDescription(name: "flow", summary: "", options: [file])] + Fixture.bots,
                dialects: Fixture.dialects,
                readFile: { _ in [] }
            )
        }
        let route = try #require(make(from: flags).routes.first)
        #expect(route.bot == "flow")
        #expect(route.botOptions.text("file") == "menu.yaml")
        flags.bot = "echo"
        let error = #expect(throws: ConfigurationError.self) { try make(from: flags) }
        #expect(error?.description == "--bot: and --flow exclude each other; keep one of them")
    }

    @Test("flags that make a route are refused beside a file; faults of flags have their names")
    func misplaced() {
        var flags = ServeFlags()
        flags.bot = "echo"
        flags.port = 70_000
        #expect(
            Fixture.faults(Fixture.smallest, overrides: flags) == [
                "--bot: has no meaning beside a file; set it in the routes of the file",
                "--port: `70000` is out of range; give 0…65535",
            ]
        )
    }
}
