// SPDX-License-Identifier: Apache-2.0

extension DigoRequests {
    /// A page of call records.
    ///
    /// - Parameters:
    ///   - filter: which records.
    ///   - page: which page, from 1.
    /// - Returns: the request.
    /// - Throws: ``PlatformRequestError`` that names the field which the platform would refuse.
    package func records(_ filter: DigoRecordFilter, page: Int = 1) throws(PlatformRequestError) -> PlannedRequest {
        for (name, time) in [("from_date", filter.from), ("to_date", filter.to)] {
            guard time.map(DateText.isDayAndTime) ?? true else {
                throw PlatformRequestError(name, "write it as YYYY-MM-DD hh:mm:ss")
            }
        }
        guard page > 0 else { throw PlatformRequestError("page", "count from 1") }
        guard (1...10_000).contains(filter.limit) else { throw PlatformRequestError("limit", "give 1 to 10000") }
        guard filter.duration.map({ $0.seconds >= 0 }) ?? true else {
            throw PlatformRequestError("duration", "give seconds")
        }
        return get("/v1/call/records", filter.query(page: page))
    }
}
