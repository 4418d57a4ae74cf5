// SPDX-License-Identifier: Apache-2.0

/// When IVR Solutions is to dial.
package struct IVRSolutionsSchedule: Sendable, Equatable {
    /// `YYYY-mm-dd HH:MM:SS`.
    package var dateAndTime: String
    /// The zone of the time, such as `Asia/Kolkata`; nil leaves it to the platform.
    package var timeZone: String?

    /// A time.
    package init(_ dateAndTime: String, timeZone: String? = nil) {
        self.dateAndTime = dateAndTime
        self.timeZone = timeZone
    }

    /// Reports a time that the platform would misread.
    ///
    /// - Throws: ``PlatformRequestError``.
    func check() throws(PlatformRequestError) {
        guard DateText.isDayAndTime(dateAndTime) else {
            throw PlatformRequestError("schedule_datetime", "write it as YYYY-mm-dd HH:MM:SS")
        }
    }
}
