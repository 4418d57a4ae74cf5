// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import PlatformAPIs

extension ReceiverKind {
    /// `digo-masking`.
    static let digoMasking = ReceiverKind(
        schema: PartSchema(
            name: "digo-masking",
            summary: "Answers Digo's lookup for a call to a masking number with the number to connect.",
            options: [
                BotOption(
                    name: "form",
                    kind: .choice(DigoMaskingAnswer.NumberForm.allCases.map(\.rawValue)),
                    default: .text(DigoMaskingAnswer.NumberForm.national.rawValue),
                    summary: "How the platform wants numbers: ten digits, or with the country's code."
                ),
                BotOption(
                    name: "numbers",
                    kind: .map,
                    summary: "The number to connect by masking number.",
                    isRequired: true
                ),
            ],
            problem: { MaskingTable.problem($0.map("numbers") ?? [:]) }
        )
    ) { options, _ in
        let form = options.text("form").flatMap(DigoMaskingAnswer.NumberForm.init(rawValue:)) ?? .national
        return DigoMaskingAnswer(form, masking: MaskingTable(options.map("numbers") ?? [:]))
    }
}
