// SPDX-License-Identifier: Apache-2.0

internal import Dialects
internal import OutboundHTTP

extension IVRSolutionsRequests {
    /// The calls of a range of days, both `YYYY-MM-DD`, ends included.
    ///
    /// - Throws: ``PlatformRequestError``.
    package func callLogs(from first: String, to last: String) throws(PlatformRequestError) -> PlannedRequest {
        try checkDays(first, last)
        return get(paths.callLogs, URLEncodedForm([("from_date", first), ("to_date", last)]))
    }

    /// The masked connections of a range of days, newest first.
    ///
    /// - Parameters:
    ///   - first: the first day, `YYYY-MM-DD`.
    ///   - last: the last day.
    ///   - did: of this DID alone; nil for all.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError``.
    package func connectLogs(from first: String, to last: String, did: String? = nil) throws(PlatformRequestError)
        -> PlannedRequest
    {
        try checkDays(first, last)
        var members: [String: String?] = ["from_date": first, "to_date": last, "orderby": "desc"]
        if let did { members["did"] = try number(did, "did") }
        return repeatable(paths.connectLogs, .object(present: members))
    }

    /// What came of a call that was taken on.
    ///
    /// The page says that the outcome is asked for by `logid` and shows no such request; that the id goes into the query
    /// is assumed.
    package func callStatus(log: String) -> PlannedRequest { get(paths.callStatus, URLEncodedForm([("logid", log)])) }

    /// The labels that a call's outcome may be given.
    package func statusLabels() -> PlannedRequest { get(paths.callStatus, URLEncodedForm()) }

    /// Calls of every kind behind the last ones seen.
    package func newLogs(after cursor: IVRSolutionsLogCursor) -> PlannedRequest {
        var members: [String: String?] = [:]
        for kind in IVRSolutionsLogKind.allCases { members[kind.cursorMember] = cursor[kind].id }
        return repeatable(paths.newLogs, .object(present: members))
    }

    /// The whole log, or some days of it, among which what a gap lacks is.
    ///
    /// Only the log of calls takes days, and need not be given any; the page names none for the other two.
    package func logs(of gap: IVRSolutionsLogSync.Gap) throws(PlatformRequestError) -> PlannedRequest {
        switch (gap.kind, gap.days) {
        case (.call, let days?): try callLogs(from: days.lowerBound, to: days.upperBound)
        case (.call, nil): get(paths.callLogs, URLEncodedForm())
        case (.clickToCall, _): get(paths.clickToCallLogs, URLEncodedForm())
        case (.dialer, _): repeatable(paths.dialerLogs, .object([:]))
        }
    }

    private func checkDays(_ first: String, _ last: String) throws(PlatformRequestError) {
        for (name, day) in [("from_date", first), ("to_date", last)] {
            guard DateText.isDay(day) else {
                throw PlatformRequestError(name, "write a day as YYYY-MM-DD")
            }
        }
        guard first <= last else { throw PlatformRequestError("to_date", "give a day that is not before from_date") }
    }
}
