// SPDX-License-Identifier: Apache-2.0

extension MappingReader {
    /// A flag under a key, or its default.
    package mutating func flag(_ key: String, default value: Bool) -> Bool {
        take(key).flatMap { $0.flag() } ?? value
    }

    /// A whole number under a key, or its default.
    package mutating func integer(_ key: String, in range: ClosedRange<Int>, default value: Int) -> Int {
        take(key).flatMap { $0.integer(in: range) } ?? value
    }

    /// A size under a key, or its default.
    package mutating func bytes(_ key: String, in range: ClosedRange<Int>, default value: Int) -> Int {
        take(key).flatMap { $0.bytes(in: range) } ?? value
    }

    /// A time under a key, or its default.
    package mutating func duration(_ key: String, in range: ClosedRange<Duration>, default value: Duration) -> Duration
    {
        take(key).flatMap { $0.duration(in: range) ?? nil } ?? value
    }

    /// A time or `off` (nil) under a key, or its default.
    package mutating func durationOrOff(_ key: String, in range: ClosedRange<Duration>, default value: Duration?)
        -> Duration?
    {
        guard let node = take(key), let read = node.duration(in: range, orOff: true) else { return value }
        return read
    }

    /// A percentage or `off` (nil) under a key, or its default.
    package mutating func percentOrOff(_ key: String, in range: ClosedRange<Int>, default value: Int?) -> Int? {
        guard let node = take(key), let read = node.percentOrOff(in: range) else { return value }
        return read
    }

    /// One of the words of an enumeration under a key, or its default.
    package mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ key: String, default value: Word)
        -> Word
    {
        let words = Word.allCases.map(\.rawValue)
        return take(key).flatMap { $0.word(among: words) }.flatMap(Word.init(rawValue:)) ?? value
    }
}

extension ConfigurationNode {
    /// The path of a file that can be read.
    package func file(_ wanted: String) -> String? {
        guard let path = text("the path of \(wanted)") else { return nil }
        guard case .failure(let error) = context.bytes(ofFile: path) else { return path }
        report("cannot read \(wanted) (\(ShownText.bounded("\(error)"))); check the path and who may read it")
        return nil
    }

    /// A list of texts.
    package func texts(allowsEmpty: Bool = false) -> [String]? {
        elements().map { $0.compactMap { $0.text(allowsEmpty: allowsEmpty) } }
    }
}
