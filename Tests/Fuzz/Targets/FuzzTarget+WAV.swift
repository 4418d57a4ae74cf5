// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio

extension FuzzTarget {
    /// WAV files: whatever is read has samples of a file no shorter, and a fault has a place in it
    /// or where its next header would be.
    static let wav = FuzzTarget(name: "wav") { input in
        let file: WAVFile
        do throws(WAVError) {
            file = try WAVFile.parse(input)
        } catch {
            return (0...input.count + 12).contains(error.offset) ? nil : "a fault at \(error.offset) of \(input.count)"
        }
        guard file.samples.count <= input.count else { return "\(file.samples.count) samples of \(input.count) bytes" }
        return file.rate > 0 ? nil : "a rate of \(file.rate)"
    }
}
