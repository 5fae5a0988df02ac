import Foundation
import Kernel

/// The members of an object of ours, read in the order in which they have to stand; none may be left over, since a
/// misspelt name would change the terms of an election in silence.
struct TermMembers {
    private let object: String
    private var rest: ArraySlice<JSONNode.Member>

    init(_ node: JSONNode, of object: String) throws(ElectionFault) {
        guard case .object(let members) = node else { throw .terms(object) }
        self.object = object
        rest = members[...]
    }

    mutating func required(_ name: String) throws(ElectionFault) -> JSONNode {
        guard let member = rest.first, member.name == name else { throw .terms(name) }
        rest.removeFirst()
        return member.value
    }

    /// Whether a member that need not be there is the next one.
    func has(_ name: String) -> Bool { rest.first?.name == name }

    mutating func end() throws(ElectionFault) {
        if let member = rest.first { throw .unknownTerm(member.name, in: object) }
    }

    // MARK: Values

    mutating func string(_ name: String) throws(ElectionFault) -> String {
        guard let text = try required(name).string else { throw .terms(name) }
        return text
    }

    mutating func integer(_ name: String) throws(ElectionFault) -> Int {
        guard let number = try required(name).integer else { throw .terms(name) }
        return number
    }

    mutating func array(_ name: String) throws(ElectionFault) -> [JSONNode] {
        guard let elements = try required(name).array else { throw .terms(name) }
        return elements
    }

    /// `true`, or nothing at all.
    mutating func flag(_ name: String) throws(ElectionFault) -> Bool {
        guard has(name) else { return false }
        guard try required(name).bool == true else { throw .terms(name) }
        return true
    }

    mutating func hash(_ name: String) throws(ElectionFault) -> HashDigest {
        let text = try string(name)
        // The digest reads digits in groups and capitals as well.
        guard let digest = HashDigest(text), digest.description == text else { throw .terms(name) }
        return digest
    }

    /// A moment as RFC 3339 writes it in UTC, in whole seconds: `2026-11-22T14:00:00Z`.
    mutating func time(_ name: String) throws(ElectionFault) -> Date {
        let text = try string(name)
        guard let date = try? Date(text, strategy: .iso8601), date.formatted(.iso8601) == text else {
            throw .terms(name)
        }
        return date
    }
}
