public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Turns a requirement on or off for a target in an alliance or one election, or gives it other parameters. The
/// earlier switches stay, so that an answer as of a past day can be given again. An election that was called keeps what
/// was asked then; its committee alone changes it, for that election.
public struct SwitchRequirement: Command {
    /// Who may do it.
    public static let permission = Permission.switchRequirements
    /// Where it counts.
    public let space: EligibilitySpace
    /// The code of the requirement.
    public let requirement: String
    /// For whom.
    public let target: EligibilityTarget
    /// Whether it is asked.
    public let isOn: Bool
    /// The parameters that differ from the catalogue's.
    public let parameters: [String: ParameterValue]
    /// The bylaw or decision behind it.
    public let reason: String

    /// Takes what a person chose.
    ///
    /// - Throws: ``RequirementError/reasonMissing``.
    public init(
        _ requirement: String, for target: EligibilityTarget, in space: EligibilitySpace, isOn: Bool,
        parameters: [String: ParameterValue] = [:], because reason: String
    ) throws(RequirementError) {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw .reasonMissing }
        self.space = space
        self.requirement = requirement
        self.target = target
        self.isOn = isOn
        self.parameters = parameters
        self.reason = reason
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Writes the switch.
    ///
    /// - Throws: ``RequirementError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.requirement(requirement) != nil else {
            throw RequirementError.unknownRequirement(requirement)
        }
        if let process = space.process, try await transaction.requirementsBound(of: process) != nil,
            !transaction.scope.principal.holds(.decideInElections, in: stream)
        {
            throw RequirementError.boundByCall
        }
        try await transaction.switchRequirement(
            requirement, for: target, in: space, isOn: isOn, parameters: parameters, because: reason, at: now)
        // Parameters that cannot be read are refused here: the next roll would stop at them.
        _ = try await transaction.requirements(for: target, in: space, at: now)
        return Audited(
            AuditEvent(
                "membership.requirement.switched", subject: requirement,
                details: [
                    "target": target.rawValue, "is_on": String(isOn), "reason": reason,
                    "process": space.process?.description ?? "",
                    "parameters": try JSONText(encoding: parameters).rawValue,
                ]))
    }
}
