import Kernel
import Tenancy

/// How a code to vote goes to an elector.
public enum CodeChannel: String, Sendable, Hashable, CaseIterable, Codable {
    /// By mail.
    case mail
    /// As a text message to a mobile telephone.
    case text
}

/// How many electors of a roll a code to vote reaches: those with an address or a number that is nobody else's.
public struct ElectorReach: Sendable, Hashable {
    /// By mail.
    public let byMail: Int
    /// By text message.
    public let byText: Int
    /// By one of both at least.
    public let byEither: Int

    /// How many are reached through what an installation sends.
    public func electors(through channels: Set<CodeChannel>) -> Int {
        switch (channels.contains(.mail), channels.contains(.text)) {
        case (true, true): byEither
        case (true, false): byMail
        case (false, true): byText
        case (false, false): 0
        }
    }
}

/// Where a code of one elector may go: what the frozen roll has of them and of nobody else.
struct ElectorContact: Sendable, Hashable {
    let person: ID<Person>
    let email: String?
    /// Ten digits, without the country.
    let phone: String?

    /// The way that a code takes: the telephone, which most people look at, before mail.
    func channel(among channels: Set<CodeChannel>) -> CodeChannel? {
        if phone != nil, channels.contains(.text) { return .text }
        return email != nil && channels.contains(.mail) ? .mail : nil
    }
}
