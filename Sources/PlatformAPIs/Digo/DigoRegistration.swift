// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// What India's registry of commercial messages knows a text by (`tlv`).
///
/// The platform's document does not have it; public clients of the platform send it in this form.
package struct DigoRegistration: Sendable, Equatable {
    /// `PE_ID`: who sends.
    package var entity: String
    /// `TEMPLATE_ID`: the text's template.
    package var template: String
    /// `TELEMARKETER_ID`: through whom; nil for nobody.
    package var telemarketer: String?

    /// A registration.
    package init(entity: String, template: String, telemarketer: String? = nil) {
        self.entity = entity
        self.template = template
        self.telemarketer = telemarketer
    }

    var json: JSONValue {
        .object(present: ["PE_ID": entity, "TEMPLATE_ID": template, "TELEMARKETER_ID": telemarketer])
    }
}
