import Kernel
import Tenancy

/// The files of a copy with how long each is kept, as a spreadsheet for whoever opens it years later.
struct ExportIndex {
    private let documents: [AllianceDocument]

    /// Takes the documents of an alliance; what is in no file is left out.
    init(_ documents: [AllianceDocument]) {
        var seen: Set<ID<StoredFile>> = []
        self.documents = documents.filter { document in
            document.file.map { seen.insert($0).inserted } ?? false
        }
    }

    /// As Excel in Colombia expects it.
    var csv: String {
        documents.reduce(
            "\u{FEFF}"
                + Spreadsheet.line(of: [
                    "Identificador", "Documento", "Fecha", "Conservación", "Se conserva hasta", "Término",
                    "Eliminado el", "Huella SHA-256",
                ])
        ) { text, document in
            let retention = document.retention
            return text
                + Spreadsheet.line(of: [
                    document.file?.description ?? "", document.title, document.datedOn.description,
                    retention.retention.title,
                    retention.isAlways == true ? "Siempre" : retention.until?.description ?? "",
                    retention.isConfirmed ? "Confirmado" : "Propuesto",
                    retention.disposedOn?.description ?? "", document.digest?.description ?? "",
                ])
        }
    }
}
