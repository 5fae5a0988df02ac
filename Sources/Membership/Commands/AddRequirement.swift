public import Foundation
import Kernel
public import Tenancy

/// Adds a requirement of the entity's own, without code: what is asked, by which norm, and which of the declarative
/// evaluators reads it. Nobody has to meet it until it is switched on for an alliance (``SwitchRequirement``).
public struct AddRequirement: Command {
    /// How the requirement is met.
    public enum Proof: Sendable, Hashable {
        /// A paper says so that somebody else reviewed, and that may be so many days old at the most.
        case paper(days: Int?)
        /// The person has completed so many years.
        case age(years: Int)
        /// The person used a service of the entity in the last so many months.
        case serviceUsed(months: Int)

        /// The evaluator in the words of the data; see ``Evaluator``.
        fileprivate func evaluator(of code: String) -> (name: String, parameters: [String: ParameterValue]) {
            switch self {
            case .paper(let days):
                // Kinds of facts have no digits.
                let letters = code.dropFirst().compactMap(\.wholeNumberValue).map {
                    "abcdefghij".utf8.map { $0 }[$0]
                }
                let kind = "own_paper_\(String(decoding: letters, as: UTF8.self))"
                return (
                    "reviewed_paper",
                    [
                        "kind": .text(kind), "days": days.map { .integer($0) } ?? .none,
                        "adverse": .texts([FactWord.notMet.rawValue]),
                    ]
                )
            case .age(let years):
                return ("minimum_age", ["years": .integer(years), "refused_documents": .texts([])])
            case .serviceUsed(let months):
                return ("fact_within_window", ["kind": .text("service_used"), "months": .integer(months)])
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.switchRequirements

    /// A short name.
    public let title: String
    /// What is asked, in plain words.
    public let question: String
    /// How it is met.
    public let proof: Proof
    /// The bylaw, decision or norm behind it.
    public let norm: String
    /// What a person can do to meet or prove it.
    public let cure: String

    /// The office's chain: the requirement is of the whole entity.
    public var stream: AuditStream { .office }

    /// Takes what a person filled in.
    ///
    /// - Throws: ``RequirementError/textMissing(_:)`` for the first text that is empty.
    public init(
        _ title: String, question: String, proof: Proof, norm: String, cure: String
    ) throws(RequirementError) {
        func text(_ text: String, _ field: String) throws(RequirementError) -> String {
            let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty else { throw .textMissing(field) }
            return text
        }
        self.title = try text(title, "title")
        self.question = try text(question, "question")
        self.proof = proof
        self.norm = try text(norm, "norm")
        self.cure = try text(cure, "cure")
    }

    /// Adds it under the next free code.
    ///
    /// - Returns: The requirement as it can be switched on.
    /// - Throws: ``RequirementError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Requirement> {
        let code = try await transaction.nextRequirementCode()
        let (name, parameters) = proof.evaluator(of: code)
        let requirement = Requirement(
            id: code, title: title, question: question,
            // What could not be evaluated is refused here, rather than in front of a person.
            evaluator: try Evaluator(name: name, parameters: parameters), norm: norm, isNormConfirmed: false,
            cure: cure)
        try await transaction.insert(requirement, evaluator: name, parameters: parameters, at: now)
        return Audited(
            requirement,
            AuditEvent(
                "membership.requirement.added", subject: code, details: ["evaluator": name, "norm": norm]))
    }
}
