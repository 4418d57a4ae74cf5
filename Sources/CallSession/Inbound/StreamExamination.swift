// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio

/// Looks over the first seconds of caller audio for what is wrong with the stream itself.
///
/// The findings are asked for a few times only, since asking allocates; each kind of fault is told once. Once the doctor's
/// window is over the examination is of no more use and is let go.
struct StreamExamination: Sendable {
    /// Time between two looks at the findings, in audio.
    private static let step: Duration = .milliseconds(2_500)

    private var doctor: AudioDoctor
    private let origin: CallInstant
    private let stepBytes: Int
    private var nextLook: Int
    private var told: [String] = []

    init(format: AudioFormat, from origin: CallInstant) {
        doctor = AudioDoctor(encoding: StreamEncoding(format.encoding), rate: format.sampleRate)
        self.origin = origin
        stepBytes = format.bytesPerSecond * Int(Self.step.wholeMilliseconds) / 1_000
        nextLook = stepBytes
    }

    /// Whether all that is looked at has come.
    var isOver: Bool { !doctor.isExamining }

    /// Takes a message's bytes; with no time for those that had waited.
    ///
    /// - Returns: whether it is time to ask for findings.
    mutating func examine(_ bytes: Span<UInt8>, at now: CallInstant?) -> Bool {
        doctor.examine(
            bytes,
            at: now.map { ($0 - origin).wholeNanoseconds / 1_000 },
            isWholeMessage: now != nil
        )
        guard doctor.examinedBytes >= nextLook || isOver else { return false }
        nextLook += stepBytes
        return true
    }

    /// What is found and was not told before, the worst first.
    mutating func takeFindings() -> [AudioFault] {
        doctor.findings.compactMap { finding in
            let kind = finding.shortDescription
            guard !told.contains(kind) else { return nil }
            told.append(kind)
            return AudioFault(finding)
        }
    }
}

extension StreamEncoding {
    init(_ encoding: AudioEncoding) {
        switch encoding {
        case .linear16: self = .linear16
        case .muLaw: self = .g711(.muLaw)
        case .aLaw: self = .g711(.aLaw)
        }
    }
}
