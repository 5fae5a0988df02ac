/// An error whose words are meant for the person who met it.
///
/// The message says what happened and then what to do, in Colombian Spanish, *usted*. The code is stable:
/// people read it out to support and tests match on it.
public protocol UserFacingError: Error {
    /// A stable code of the form `module.thing.what`, such as `elections.slate.name_taken`.
    var code: String { get }
    /// What happened and what to do, in Spanish, ending in a full stop.
    var message: String { get }
    /// What sort of refusal this is; it decides the HTTP status and the exit status.
    var kind: ErrorKind { get }
    /// The name of the form field or column that caused it, where there is one.
    var field: String? { get }
}

extension UserFacingError {
    /// A rule of the domain refuses it, unless the error says otherwise.
    public var kind: ErrorKind { .refused }
    /// None, unless the error names one.
    public var field: String? { nil }
}

/// The sorts of refusal that a caller can tell apart.
public enum ErrorKind: Sendable, Hashable, CaseIterable {
    /// The input is malformed or breaks a rule of its form.
    case invalid
    /// What was asked for does not exist, or not for this person.
    case notFound
    /// Nobody is signed in, or the session has ended.
    case unauthenticated
    /// The person may not do this.
    case forbidden
    /// Somebody else changed it meanwhile, or it exists already.
    case conflict
    /// A rule of the domain refuses it.
    case refused
    /// Too many attempts; try later.
    case tooManyRequests
    /// Something that this needs is not answering; try again.
    case unavailable
}

/// Several things wrong with one form, each beside its field.
public struct InvalidInput: UserFacingError, Hashable {
    /// One thing wrong with one field.
    public struct Problem: Sendable, Hashable {
        /// The name of the form field.
        public let field: String
        /// What is wrong and how to mend it, in Spanish.
        public let message: String

        /// Something wrong with one field; `message` ends in a full stop.
        public init(field: String, message: String) {
            self.field = field
            self.message = message
        }
    }

    /// At least one problem, in the order of the form.
    public let problems: [Problem]

    /// The problems of one form; `problems` holds at least one.
    public init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// The same for every form: what differs is beside each field.
    public var code: String { "form.invalid" }
    /// The input breaks a rule of its form.
    public var kind: ErrorKind { .invalid }
    /// The first field to mend, where the cursor belongs.
    public var field: String? { problems.first?.field }
    /// The problem, or their number and each of them in the order of the form.
    public var message: String {
        problems.count == 1
            ? problems[0].message
            : "Hay \(problems.count) datos por corregir: \(problems.map(\.message).joined(separator: " "))"
    }
}
