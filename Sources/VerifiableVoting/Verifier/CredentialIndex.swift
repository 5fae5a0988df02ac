import Kernel

/// The public credentials of an election, to be looked up (format, §4.6): `S(C)` or `S(C),weight`, all distinct.
///
/// None is the element 1: by it anybody could vote, since everybody knows that its private half is 0.
///
/// Kept of each are the 32 bytes of the hash of `S(C)`, since in a large roll the texts alone would fill memory.
struct CredentialIndex: Sendable {
    private let indices: [SIMD4<UInt64>: Int]
    /// By index; empty where all weigh one.
    private let weights: [Int]

    /// How many there are.
    var count: Int { indices.count }
    /// Whether every vote counts once.
    var allWeighOne: Bool { weights.isEmpty }

    /// The index of a credential by the text of its element, `nil` where it is not in the list.
    func index(of text: some Sequence<UInt8>) -> Int? { indices[HashDigest(of: text).words] }

    /// How many votes the one of a credential is.
    func weight(at index: Int) -> Int { weights.isEmpty ? 1 : weights[index] }

    /// Reads the list, and asks on all cores that each credential is an element of the group.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - group: Of which each is an element.
    ///   - isOurs: Whether our terms bind it. They promise that the list is sorted, since another order can say who is
    ///     who, and no weight is written in it.
    /// - Throws: `TextFault`, or ``CredentialsFault`` for the first that is wrong.
    init<Group: VotingGroup>(reading text: [UInt8], in group: Group.Type, isOurs: Bool) async throws {
        let entries = try Self.entries(of: text)
        try await Self.test(entries, in: text, group, isOurs: isOurs)
        var indices: [SIMD4<UInt64>: Int] = Dictionary(minimumCapacity: entries.count)
        for (index, entry) in entries.enumerated() {
            guard indices.updateValue(index, forKey: HashDigest(of: text[entry.element]).words) == nil else {
                throw CredentialsFault(number: index + 1, reason: .repeated)
            }
        }
        self.indices = indices
        weights = entries.contains { $0.weight != 1 } ? entries.map(\.weight) : []
    }

    private static func entries(
        of text: [UInt8]
    ) throws(TextFault) -> [(element: Range<Int>, weight: Int)] {
        var reader = CanonicalReader(text)
        var total = 0
        let entries = try reader.array(atMost: 10_000_000) { reader throws(TextFault) in
            let entry = try reader.plain(maximumBytes: 1 << 10)
            guard let comma = text[entry].firstIndex(of: UInt8(ascii: ",")) else {
                total += 1
                return (element: entry, weight: 1)
            }
            let digits = text[comma + 1..<entry.upperBound]
            guard let weight = Int(String(decoding: digits, as: UTF8.self)), weight >= 0,
                String(weight).utf8.elementsEqual(digits)
            else { throw TextFault(at: comma + 1, expected: "un peso en cifras") }
            let (sum, overflow) = total.addingReportingOverflow(weight)
            guard !overflow else { throw TextFault(at: comma + 1, expected: "un peso menor") }
            total = sum
            return (element: entry.lowerBound..<comma, weight: weight)
        }
        try reader.end()
        return entries
    }

    private static func test<Group: VotingGroup>(
        _ entries: [(element: Range<Int>, weight: Int)], in text: [UInt8], _ group: Group.Type, isOurs: Bool
    ) async throws {
        @Sendable func fault(at index: Int) -> CredentialsFault.Reason? {
            let (place, weight) = entries[index]
            guard let element = try? Group.member(reading: text[place]) else { return .noElement }
            guard element != Group.identity else { return .everybodys }
            guard isOurs else { return nil }
            // What weighs more or less than one is a fault of its own.
            if weight == 1, text[place.upperBound] == UInt8(ascii: ",") { return .writtenWeight }
            guard index > 0, let other = try? Group.element(reading: text[entries[index - 1].element]),
                !Group.precedes(other, element)
            else { return nil }
            return other == element ? .repeated : .unsorted
        }
        let first = try await Batches.firstFault(in: entries.count, batch: 32) { fault(at: $0) != nil }
        if let first, let reason = fault(at: first) {
            throw CredentialsFault(number: first + 1, reason: reason)
        }
    }
}

/// What is wrong with a list of public credentials.
public struct CredentialsFault: Error, Hashable, Sendable {
    /// The sorts of fault.
    public enum Reason: Hashable, Sendable {
        /// It is no element of the group.
        case noElement
        /// It is the element 1, for which anybody can sign.
        case everybodys
        /// It stands in the list already.
        case repeated
        /// It does not come after the one before it, in a list that our terms bind.
        case unsorted
        /// Its weight is written although it is 1, in a list that our terms bind: that is no other way to write it.
        case writtenWeight
    }

    /// Which credential, counted from 1.
    public let number: Int
    /// What is wrong with it.
    public let reason: Reason

    /// The words, as a sentence.
    public var sentence: String {
        switch reason {
        case .noElement: "La credencial pública n.º \(number) no es un elemento del grupo."
        case .everybodys:
            "La credencial pública n.º \(number) es el elemento neutro del grupo: con ella puede votar cualquiera."
        case .repeated: "La credencial pública n.º \(number) ya está en la lista."
        case .unsorted:
            "La credencial pública n.º \(number) no está en su orden: el orden de la lista podría decir de quién es."
        case .writtenWeight: "La credencial pública n.º \(number) lleva escrito un peso, y todas pesan uno."
        }
    }
}
