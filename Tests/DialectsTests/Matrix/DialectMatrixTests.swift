// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// The matrix of platforms says what the dialects do.
@Suite struct DialectMatrixTests {
    static let rows = DialectName.matrix()

    private static func row(_ platform: String) throws -> DialectRow {
        try #require(rows.first { $0.platform == platform })
    }

    @Test func everyDialectAndEveryVariantHasOneRow() {
        let named = Self.rows.map { "\($0.dialect.rawValue) \($0.variant ?? "")" }
        #expect(Set(named).count == named.count)
        #expect(Set(Self.rows.map(\.platform)).count == Self.rows.count)
        for name in DialectName.allCases {
            let known = name.details.options.first { $0.name == "variant" }.map { option -> Set<String> in
                if case .choice(let words) = option.kind { Set(words) } else { [] }
            }
            // What needs no option is the dialect's own row.
            let written = Set(Self.rows.filter { $0.dialect == name }.map { $0.variant ?? name.rawValue })
            #expect(written == known ?? [name.rawValue])
        }
    }

    /// What a row says is what a route of that dialect and variant gets.
    @Test(arguments: rows)
    func aRowIsWhatARouteGets(row: DialectRow) throws {
        let options = row.variant.map { BotOptions(["variant": .text($0)]) } ?? BotOptions()
        let dialect = try Dialect(name: row.dialect, options: options)
        #expect(dialect.capabilities == row.capabilities)
        for format in row.formats { #expect(dialect.framing(for: format) != nil) }
        #expect(Set(row.dialect.details.formats).isSuperset(of: row.formats))
    }

    @Test(arguments: rows)
    func everyCellHasWords(row: DialectRow) {
        #expect(row.cells.count == DialectRow.header.count)
        for cell in row.cells { #expect(!cell.isEmpty && !cell.contains("|") && !cell.contains("\n")) }
    }

    @Test func cellsReadAsTheDocumentsDo() throws {
        #expect(
            try Self.row("Twilio").cells == [
                "Twilio", "twilio", "ulaw 8", "yes", "yes", "from the caller", "over HTTP",
                "over HTTP, closing goes on with the flow", "twilio_signature, path_token",
                "document, simulation, pipecat",
            ]
        )
        #expect(
            try Self.row("IVR Solutions").cells[3...7] == [
                "yes", "no", "both ways", "on the socket (phone, phones, extension, flow, bot)", "on the socket",
            ]
        )
        #expect(try Self.row("Vobiz").cells[1] == "plivo, variant vobiz")
        #expect(try Self.row("Vobiz").cells[7] == "on the socket, over HTTP, closing goes on with the flow")
        #expect(try Self.row("SignalWire").cells[5] == "both ways")
        #expect(try Self.row("Ozonetel").cells[5...8] == ["no", "no", "on the socket", "none documented"])
    }
}
