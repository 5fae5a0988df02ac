public import Kernel
public import Postgres

extension DocumentType: SQLValue {}

extension Row {
    /// The document of the columns `document_type` and `document_number`.
    public func identityDocument() throws(RowError) -> IdentityDocument {
        let number: String = try self["document_number"]
        do {
            return try IdentityDocument(type: try self["document_type"], number: number)
        } catch let error as RowError {
            throw error
        } catch {
            throw RowError(unreadable: "document_number", because: error)
        }
    }

    /// The document of the columns `document_type` and `document_number`, where they have one.
    func identityDocumentIfKnown() throws(RowError) -> IdentityDocument? {
        let number: String? = try self["document_number"]
        return number == nil ? nil : try identityDocument()
    }
}
