import Kernel

/// A question for an identity document: its type and its number.
struct DocumentFields {
    let type: Field<DocumentType>
    let number: Field<String>

    init(hint: String = "Como en el documento, sin puntos.") {
        // Both have a hint of one line, so that side by side their labels stand at one height.
        type = Self.type("document_type", "Tipo de documento", hint: "Casi siempre es la cédula.")
        number = Field.text("document", "Número de documento", max: 30, hint: hint)
    }

    /// A second document on the same form: what the first one should be.
    init(right hint: String) {
        type = Self.type("right_type", "Tipo correcto")
        number = Field.text("right_number", "Número correcto", max: 30, hint: hint)
    }

    private static func type(_ name: String, _ label: String, hint: String? = nil) -> Field<DocumentType> {
        Field.choice(
            name, label, DocumentType.allCases.filter { !$0.isOfMinors },
            title: { "\($0.rawValue) · \($0.name)" }, style: .menu, hint: hint)
    }

    /// Reads a document; `nil` where its number was left blank.
    func read(_ form: Submission) throws -> IdentityDocument? {
        let typed: String? = try form.read(number.optional())
        guard let typed else { return nil }
        return try document(try form.read(type), typed)
    }

    /// Reads a document that has to be there.
    ///
    /// - Throws: `InvalidInput` beside the type or the number.
    func required(_ form: Submission) throws -> IdentityDocument {
        let (type, number) = try form.read(type, number)
        return try document(type, number)
    }

    private func document(_ type: DocumentType, _ number: String) throws(InvalidInput) -> IdentityDocument {
        do throws(IdentityDocumentError) {
            return try IdentityDocument(type: type, number: number)
        } catch {
            throw InvalidInput([.init(field: self.number.name, message: error.message)])
        }
    }
}

extension DocumentType: PathValue {}
