@testable import VerifiableVoting

/// One change in a JSON text, which leaves it JSON: of a value, of a name, of a number of things or of their order.
struct Mutation {
    /// What was done, to be printed.
    let words: String
    /// The text after it.
    let text: [UInt8]

    /// Changes one thing at random in a compact text.
    init(of text: [UInt8], with generator: inout SeededGenerator) throws {
        let node = try JSONNode(text)
        var changed = text
        var words = ""
        while changed == text {
            let paths = node.paths
            let path = paths[Int.random(in: paths.indices, using: &generator)]
            let change = Change.allCases[Int.random(in: Change.allCases.indices, using: &generator)]
            words = "\(change) at \(path)"
            changed = node.changing(path[...]) { change.applied(to: $0, &generator) }.text
        }
        self.words = words
        self.text = changed
    }
}

/// What can be done to one node of a JSON text.
private enum Change: CaseIterable {
    case digit, letter, null, remove, double, swap, rename, add

    func applied(to node: JSONNode, _ generator: inout SeededGenerator) -> JSONNode {
        switch (self, node) {
        case (.null, _): return .null
        case (.digit, .number(let text)), (.letter, .number(let text)):
            return .number(String((Int(text) ?? 0) + ([1, -1, 7].randomElement(using: &generator) ?? 1)))
        case (.digit, .string(let text)): return .string(Self.replacing(in: text, "0123456789", &generator))
        case (.letter, .string(let text)): return .string(Self.replacing(in: text, "abcdefxyZ é", &generator))
        case (_, .array(let elements)):
            return .array(edited(elements, double: { $0 }, add: .number("1"), &generator))
        case (.rename, .object(var members)) where !members.isEmpty:
            let index = Int.random(in: members.indices, using: &generator)
            members[index] = .init(name: members[index].name + "x", value: members[index].value)
            return .object(members)
        case (_, .object(let members)):
            return .object(
                edited(
                    members, double: { .init(name: $0.name + "2", value: $0.value) },
                    add: .init(name: "extra", value: .number("1")), &generator))
        default: return node
        }
    }

    private func edited<Element>(
        _ elements: [Element], double: (Element) -> Element, add: Element, _ generator: inout SeededGenerator
    ) -> [Element] {
        var elements = elements
        guard let index = elements.indices.randomElement(using: &generator) else { return [add] }
        switch self {
        case .remove: elements.remove(at: index)
        case .double: elements.insert(double(elements[index]), at: index)
        case .swap: elements.swapAt(index, elements.indices.randomElement(using: &generator) ?? index)
        case .add: elements.append(add)
        default: break
        }
        return elements
    }

    private static func replacing(
        in text: String, _ letters: String, _ generator: inout SeededGenerator
    ) -> String {
        var characters = Array(text)
        guard let index = characters.indices.randomElement(using: &generator),
            let letter = letters.randomElement(using: &generator)
        else { return letters }
        characters[index] = letter
        return String(characters)
    }
}

extension JSONNode {
    /// The ways to all nodes, as places in arrays and objects.
    fileprivate var paths: [[Int]] {
        [[]] + children.enumerated().flatMap { index, child in child.paths.map { [index] + $0 } }
    }

    private var children: [JSONNode] {
        switch self {
        case .array(let elements): elements
        case .object(let members): members.map(\.value)
        default: []
        }
    }

    fileprivate func changing(_ path: ArraySlice<Int>, _ change: (JSONNode) -> JSONNode) -> JSONNode {
        guard let index = path.first else { return change(self) }
        switch self {
        case .array(var elements):
            elements[index] = elements[index].changing(path.dropFirst(), change)
            return .array(elements)
        case .object(var members):
            let value = members[index].value.changing(path.dropFirst(), change)
            members[index] = .init(name: members[index].name, value: value)
            return .object(members)
        default: return self
        }
    }

    /// The compact text, which of a canonical text is that text.
    fileprivate var text: [UInt8] {
        var writer = CanonicalWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout CanonicalWriter) {
        switch self {
        case .null: writer.literal("null")
        case .bool(let value): writer.literal(value ? "true" : "false")
        case .number(let text): writer.raw(text.utf8)
        case .string(let text): writer.string(text)
        case .array(let elements): writer.array(elements) { $1.write(to: &$0) }
        case .object(let members):
            writer.literal("{")
            for (index, member) in members.enumerated() {
                if index > 0 { writer.literal(",") }
                writer.string(member.name)
                writer.literal(":")
                member.value.write(to: &writer)
            }
            writer.literal("}")
        }
    }
}
