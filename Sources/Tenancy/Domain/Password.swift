import Foundation
public import Kernel

/// A password as a person chose it, long enough and not to be guessed from what is known of them.
///
/// No rules of composition (a digit, a sign): they make passwords worse (NIST SP 800-63B §3.1.1.2).
public struct Password: Sendable {
    /// The longest password, in characters: more than anybody types, and little to hash.
    public static let maximumCharacters = 128

    /// The octets that are hashed: UTF-8 of the text in form NFKC, so that keyboards agree.
    let octets: [UInt8]

    /// Reads a password that a person chose, of which it may not be made what is known of them: mail address,
    /// document, name.
    ///
    /// - Throws: The first rule that the password breaks.
    public init(
        choosing text: String, minimumCharacters: Int, about known: [String]
    ) throws(PasswordError) {
        guard text.count >= minimumCharacters else { throw .tooShort(minimum: minimumCharacters) }
        guard text.count <= Self.maximumCharacters else { throw .tooLong(maximum: Self.maximumCharacters) }
        let folded = text.folded.filter { $0 != " " }
        guard Set(folded).count >= 5, !Self.isRun(folded) else { throw .tooPlain }
        for fact in known + ["alianzas", "contrasena", "password"] {
            let pieces = [fact.split(separator: "@").first.map(String.init) ?? fact, fact]
                .map { $0.folded.filter { $0 != " " } }
            // What is left without the known words has to be a password by itself.
            for piece in pieces where piece.count >= 4 && folded.contains(piece) {
                let rest = folded.replacingOccurrences(of: piece, with: "")
                guard Set(rest).count >= 5 else { throw .aboutThePerson }
            }
        }
        self.init(typed: text)
    }

    /// Reads a password to be compared with a stored one; any text will do.
    public init(typed text: String) {
        octets = Array(text.prefix(Self.maximumCharacters).precomposedStringWithCompatibilityMapping.utf8)
    }

    /// Makes a random password: four groups of five letters and digits that are not mistaken for others, 99
    /// bits.
    public static func random() -> (password: Self, text: String) {
        let text = ReadableCode.random(groups: 4).description
        return (Self(typed: text), text)
    }

    /// Whether each character follows the one before by the same step, as in `abcdefgh` or `987654321`.
    private static func isRun(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        guard values.count > 2 else { return true }
        let steps = Set(zip(values.dropFirst(), values).map { $0 - $1 })
        return steps.count == 1
    }
}

/// Why a password is not taken.
public enum PasswordError: UserFacingError, Hashable {
    /// It has too few characters.
    case tooShort(minimum: Int)
    /// It has too many characters.
    case tooLong(maximum: Int)
    /// It repeats a few characters or is a run of keys.
    case tooPlain
    /// It is made of the person's address, document or name.
    case aboutThePerson
    /// The second writing differs from the first.
    case notRepeated
    /// The current password is not the one given.
    case currentIsWrong

    /// The stable code.
    public var code: String {
        switch self {
        case .tooShort: "tenancy.password.too_short"
        case .tooLong: "tenancy.password.too_long"
        case .tooPlain: "tenancy.password.too_plain"
        case .aboutThePerson: "tenancy.password.about_the_person"
        case .notRepeated: "tenancy.password.not_repeated"
        case .currentIsWrong: "tenancy.password.current_is_wrong"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .invalid }

    /// The form field.
    public var field: String? {
        switch self {
        case .notRepeated: "repeated"
        case .currentIsWrong: "current"
        default: "password"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .tooShort(let minimum):
            "La contraseña es corta. Escriba al menos \(minimum) caracteres: varias palabras sirven."
        case .tooLong(let maximum):
            "La contraseña es demasiado larga. Escriba a lo sumo \(maximum) caracteres."
        case .tooPlain:
            "La contraseña repite pocos caracteres o sigue el orden del teclado. Use varias palabras distintas."
        case .aboutThePerson:
            "La contraseña lleva su correo, su documento o su nombre. Use palabras que nadie relacione con usted."
        case .notRepeated:
            "Las dos contraseñas no son iguales. Escríbalas de nuevo."
        case .currentIsWrong:
            "La contraseña actual no es esa. Escríbala de nuevo."
        }
    }
}
