public import Foundation
public import Kernel
public import Tenancy

/// The requests to join that people made by themselves and that wait for somebody to say who it is, each with what the
/// register has.
public struct ListJoinRequests: Query {
    /// How many are shown at once: the office works from the oldest on.
    public static let limit = 100

    /// A request with what the register has of it.
    public struct Line: Sendable, Hashable {
        /// The request.
        public let request: JoinRequest
        /// What the register has.
        public let finding: JoinRequest.Finding
    }

    /// Who may do it.
    public static let permission = Permission.identifyApplicants
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names, documents and ways to reach people are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name document contact"]) }

    /// Reads them, the oldest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Line] {
        let today = ColombianTime.date(at: now)
        var lines: [Line] = []
        for request in try await transaction.waitingJoinRequests(of: alliance, limit: Self.limit) {
            guard let typed = request.typed else { continue }
            lines.append(
                Line(
                    request: request,
                    finding: try await transaction.finding(about: typed, for: alliance, on: today)))
        }
        return lines
    }
}

/// How many requests to join wait for somebody to say who it is.
public struct CountJoinRequests: Query {
    /// Who may do it.
    public static let permission = Permission.identifyApplicants
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Counts them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Int {
        try await transaction.waitingJoinRequestCount(of: alliance)
    }
}

/// The request that somebody made by themselves and that became an application, with what they agreed to.
public struct ReadJoinRequest: Query {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The application.
    public let application: ID<Application>

    /// Asks about an application.
    public init(of application: ID<Application>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.application = application
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// The way to reach a person is shown.
    public var disclosure: Disclosure? { Disclosure(of: application, details: ["fields": "name contact"]) }

    /// Reads it; `nil` where the application came otherwise.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (request: JoinRequest, texts: [ConsentText])? {
        guard try await transaction.applicationSummary(application, of: alliance) != nil,
            let request = try await transaction.joinRequest(of: application)
        else { return nil }
        let agreed = [request.agreement.personal, request.agreement.sensitive].compactMap(\.self)
        return (request, try await transaction.consentTexts().filter { agreed.contains($0.id) })
    }
}

/// Where the request stands that a code is of. The server asks it for whoever types the code on the public page.
public struct FollowJoinRequest: Query {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The code.
    public let code: ReadableCode

    /// Asks by a code.
    public init(by code: ReadableCode, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.code = code
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it; `nil` where none of the alliance has the code.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> JoinReceipt? {
        try await transaction.joinReceipt(by: code, of: alliance)
    }
}

/// The texts of the data authorisation that are in use, as everybody reads them before they agree to anything.
public struct ReadConsentTextsInUse: Query {
    /// Who may do it.
    public static let permission = Permission.enrolMembers
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those that an alliance reads to people.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them: the one about personal data, and the one about sensitive data.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (personal: ConsentText?, sensitive: ConsentText?) {
        let today = ColombianTime.date(at: now)
        return (
            try await transaction.consentText(for: .personalData, on: today),
            try await transaction.consentText(for: .sensitiveData, on: today)
        )
    }
}
