// SPDX-License-Identifier: Apache-2.0

/// Two people whom IVR Solutions connects so that each sees the DID alone: the fields of `POST /api/click_connect`.
package struct IVRSolutionsConnection: Sendable, Equatable {
    /// `first_phone`: who is rung first.
    package var first: String
    /// `second_phone`: who is rung then.
    package var second: String
    /// `did`: the number that both see.
    package var did: String
    /// `body`: said to the first before the second is rung; nil for nothing.
    package var announcement: String?
    /// `schedule_datetime` and `timezone`; nil connects at once.
    package var schedule: IVRSolutionsSchedule?

    /// Two people, connected at once.
    package init(first: String, second: String, did: String) {
        self.first = first
        self.second = second
        self.did = did
    }
}

/// A change of a masked connection: the fields of `POST /api/click_connect_update`.
package struct IVRSolutionsConnectionUpdate: Sendable, Equatable {
    /// `did`: the number that it shows.
    package var did: String
    /// `first_number`: who was rung first.
    package var first: String
    /// `action`; the platform's page names `cancel` and no other.
    package var action: String
    /// `body`: what is said; nil for nothing.
    package var announcement: String?

    /// A change.
    package init(did: String, first: String, action: String = "cancel", announcement: String? = nil) {
        self.did = did
        self.first = first
        self.action = action
        self.announcement = announcement
    }
}
