// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The index of the target called `name`, for the driver in C; -1, with a list on standard output, if there is none.
@_cdecl("voicebridge_fuzz_find")
func findFuzzTarget(_ name: UnsafePointer<CChar>?) -> Int32 {
    let wanted = unsafe name.map { unsafe String(cString: $0) }
    guard let index = FuzzTarget.all.firstIndex(where: { $0.name == wanted }) else {
        print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
        return -1
    }
    return Int32(index)
}

/// Feeds one input to a target; 1, with the finding on standard output, when a property was broken.
@_cdecl("voicebridge_fuzz_run")
func runFuzzTarget(_ target: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let finding = FuzzTarget.all[Int(target)].run(input) else { return 0 }
    print("FINDING: \(finding)")
    fflush(nil)
    return 1
}
