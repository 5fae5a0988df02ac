import Foundation
public import Kernel

/// Where an entity or an alliance is reached: citizens read it.
public struct Contact: Sendable, Hashable {
    /// A mail address, in lower case.
    public let email: String?
    /// A telephone number, as people write it.
    public let phone: String?
    /// An address and opening hours, in a line.
    public let place: String?

    /// Nothing is known.
    public static let none = Self(email: nil, phone: nil, place: nil)

    /// A contact known to be right.
    init(email: String?, phone: String?, place: String?) {
        self.email = email
        self.phone = phone
        self.place = place
    }

    /// Takes what a person filled in; what is blank is not known.
    ///
    /// - Throws: `InvalidInput` with each field that is malformed.
    public init(filledIn email: String?, phone: String?, place: String? = nil) throws(InvalidInput) {
        func tidied(_ text: String?) -> String? {
            let words = text?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
            return words.isEmpty ? nil : words
        }
        let email = tidied(email).map { Login(email: $0).normalForm }
        let phone = tidied(phone)
        let place = tidied(place)
        var problems: [InvalidInput.Problem] = []
        if let email, !User.isAddress(email) {
            problems.append(
                .init(field: "contact_email", message: "Escriba un correo completo, o déjelo vacío."))
        }
        if let phone, phone.count > 40 || !phone.allSatisfy({ $0.isNumber || "+()- ".contains($0) }) {
            problems.append(
                .init(
                    field: "contact_phone", message: "Escriba solo números, espacios y «+», o déjelo vacío."))
        }
        if let place, place.count > 160 {
            problems.append(
                .init(field: "contact_place", message: "Use máximo 160 caracteres para la dirección."))
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        self.init(email: email, phone: phone, place: place)
    }

    /// This contact, and of another what this one lacks.
    public func completed(by other: Contact) -> Self {
        Self(email: email ?? other.email, phone: phone ?? other.phone, place: place ?? other.place)
    }

    /// What tells this contact from another: a form sends back that of the contact that it showed.
    public var mark: String {
        HashDigest(of: [email, phone, place].map { $0 ?? "" }.joined(separator: "\n")).description
    }

    /// The contact as the details of an event.
    var details: [String: String] {
        ["contact_email": email ?? "", "contact_phone": phone ?? "", "contact_place": place ?? ""]
    }
}
