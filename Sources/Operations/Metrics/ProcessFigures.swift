// SPDX-License-Identifier: Apache-2.0

/// What the system knows of this process (proc(5)), under the names that Prometheus' own clients use.
struct ProcessFigures: Sendable, Equatable {
    /// Processor time, user's and system's, in seconds.
    var processorSeconds: Double
    /// Memory that is resident, in bytes.
    var residentBytes: Double
    /// Memory that is mapped, in bytes.
    var virtualBytes: Double
    /// When the process began, in seconds since 1970.
    var startedAt: Double
    /// Threads.
    var threads: Double
    /// Files and sockets that are open.
    var descriptors: Double
    /// How many may be.
    var maximumDescriptors: Double

    /// Reads `/proc/self/stat`; nil when it is none.
    ///
    /// - Parameters:
    ///   - stat: its text.
    ///   - boot: when the machine began, in seconds since 1970.
    ///   - ticks: ticks of its clock in a second.
    ///   - page: bytes of a page.
    ///   - descriptors: files that are open.
    ///   - maximumDescriptors: how many may be.
    init?(
        stat: String,
        boot: Double,
        ticks: Double,
        page: Double,
        descriptors: Double,
        maximumDescriptors: Double
    ) {
        // The second field, the program's name in parentheses, may hold anything.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ").map { Double($0) }
        // Field n of proc(5) is at n - 3.
        guard fields.count > 21, let user = fields[11], let system = fields[12], let threads = fields[17],
            let start = fields[19], let virtual = fields[20], let resident = fields[21]
        else { return nil }
        processorSeconds = (user + system) / ticks
        self.threads = threads
        startedAt = boot + start / ticks
        virtualBytes = virtual
        residentBytes = resident * page
        self.descriptors = descriptors
        self.maximumDescriptors = maximumDescriptors
    }

    /// Writes the figures.
    func write(into text: inout PrometheusText) {
        text.single("process_cpu_seconds_total", .counter, "Processor time, user's and system's.", processorSeconds)
        text.single("process_resident_memory_bytes", .gauge, "Memory that is resident.", residentBytes)
        text.single("process_virtual_memory_bytes", .gauge, "Memory that is mapped.", virtualBytes)
        text.single("process_start_time_seconds", .gauge, "When the process began, since 1970.", startedAt)
        text.single("process_threads", .gauge, "Threads of the process.", threads)
        text.single("process_open_fds", .gauge, "Files and sockets that are open.", descriptors)
        text.single("process_max_fds", .gauge, "Files and sockets that may be open.", maximumDescriptors)
    }
}
