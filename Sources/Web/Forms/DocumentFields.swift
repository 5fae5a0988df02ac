import Kernel

/// A question for an identity document: its type and its number.
struct DocumentFields {
    let type = Field.choice(
        "document_type", "Tipo de documento", DocumentType.allCases.filter { !$0.isOfMinors },
        title: { "\($0.rawValue) · \($0.name)" }, style: .menu)
    let number: Field<String>

    init(hint: String = "Como está en el documento; los puntos sobran.") {
        number = Field.text("document", "Número de documento", max: 30, hint: hint)
    }

    /// Reads a document; `nil` where its number was left blank.
    func read(_ form: Submission) throws -> IdentityDocument? {
        let typed: String? = try form.read(number.optional())
        guard let typed else { return nil }
        let type = try form.read(type)
        do throws(IdentityDocumentError) {
            return try IdentityDocument(type: type, number: typed)
        } catch {
            throw InvalidInput([.init(field: self.number.name, message: error.message)])
        }
    }
}

extension DocumentType: PathValue {}
