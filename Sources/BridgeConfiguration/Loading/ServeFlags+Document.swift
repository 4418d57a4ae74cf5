// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading
internal import Yams

extension ServeFlags {
    /// Flags that make a route; they have no meaning beside a file.
    var routeFlags: [String] {
        var given: [String] = []
        if dialect != nil { given.append("--dialect") }
        if bot != nil { given.append("--bot") }
        if flow != nil { given.append("--flow") }
        if !botOptions.isEmpty { given.append("--bot-option") }
        if token != nil { given.append("--token") }
        if noAuth { given.append("--no-auth") }
        if iKnow { given.append("--i-know") }
        return given
    }

    /// The tree that a file of one route would have.
    var document: Node {
        var route: [(Node, Node)] = []
        if let dialect { route.append((Node("dialect"), Self.value(dialect))) }
        if let bot = bot ?? flow.map({ _ in "flow" }) { route.append((Node("bot"), Self.value(bot))) }
        var options = botOptions
        if let flow { options["file"] = flow }
        if !options.isEmpty {
            let pairs = options.sorted { $0.key < $1.key }.map { (Node($0.key), Self.value($0.value)) }
            route.append((Node("bot_options"), Node(pairs)))
        }
        var authentication: [(Node, Node)] = []
        if let token { authentication.append((Node("bearer"), Self.value(token))) }
        if noAuth { authentication.append((Node("none"), Self.value("true"))) }
        if iKnow { authentication.append((Node("i_know"), Self.value("true"))) }
        if !authentication.isEmpty { route.append((Node("authentication"), Node(authentication))) }
        return applied(to: Node([(Node("routes"), Node([Node(route)]))]), anchored: [:])
    }

    /// A file's tree with the settings of `listen` and `admin` that flags give.
    func applied(to root: Node, anchored: [SourceMark: Node]) -> Node {
        var tree = OverriddenTree(root: root, anchored: anchored)
        if let host { tree.set(["listen", "host"], to: Self.value(host)) }
        if let port { tree.set(["listen", "port"], to: Self.value("\(port)")) }
        let givesCertificate = certificate != nil || key != nil
        if plain { tree.set(["listen", "plain"], to: Self.value("true")) }
        if plain && !givesCertificate { tree.set(["listen", "tls"], to: nil) }
        if !plain && givesCertificate { tree.set(["listen", "plain"], to: nil) }
        if let certificate { tree.set(["listen", "tls", "certificate"], to: Self.value(certificate)) }
        if let key { tree.set(["listen", "tls", "key"], to: Self.value(key)) }
        if let adminPort { tree.set(["admin", "port"], to: Self.value("\(adminPort)")) }
        if let records { tree.set(["records", "path"], to: Self.value(records)) }
        return tree.root
    }

    /// A flag's text as a value in which nothing is a variable.
    private static func value(_ text: String) -> Node {
        Node(Interpolation.escape(text), .implicit, .doubleQuoted)
    }
}
