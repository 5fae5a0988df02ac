import Foundation
import HTTPTypes
import Hummingbird
import Kernel

/// A form as somebody sent it: read whole, and proven to come from a page of ours.
struct Submission: Sendable {
    /// What was typed, without what every form bears by itself.
    let entries: Entries
    /// The key of the request: the same for a double click, and so the thing is done once.
    let key: UUID

    /// The answers to questions, all at once.
    ///
    /// ```swift
    /// let (name, kind) = try submission.read(form.name, form.kind)
    /// ```
    ///
    /// - Throws: `InvalidInput` with every problem, in the order of the questions.
    func read<each Value>(_ field: repeat Field<each Value>) throws(InvalidInput) -> (repeat each Value) {
        var problems: [InvalidInput.Problem] = []
        let answers = (repeat answer(to: each field, &problems))
        guard problems.isEmpty else { throw InvalidInput(problems) }
        do {
            return (repeat try Self.found(each answers))
        } catch {
            throw InvalidInput(problems)
        }
    }

    /// What the parts of a form say, each read by a rule of its own; where several are refused, all is told at once, in
    /// the order of the parts.
    ///
    /// - Throws: `InvalidInput` with the problems of all parts, or what a part throws that is about no question.
    func together<each Part>(
        _ part: repeat @escaping (Submission) throws -> each Part
    ) throws -> (repeat each Part) {
        var problems: [InvalidInput.Problem] = []
        let answers = (repeat try answer(of: each part, &problems))
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return (repeat try (each answers).get())
    }

    /// What a part says, or its problems among the others.
    private func answer<Part>(
        of part: (Submission) throws -> Part, _ problems: inout [InvalidInput.Problem]
    ) throws -> Result<Part, InvalidInput> {
        do {
            return .success(try part(self))
        } catch let invalid as InvalidInput {
            problems += invalid.problems
            return .failure(invalid)
        } catch let refusal as any UserFacingError {
            guard let field = refusal.field else { throw refusal }
            let invalid = InvalidInput([.init(field: field, message: refusal.message)])
            problems += invalid.problems
            return .failure(invalid)
        }
    }

    /// The answer to a question, or its problem among the others.
    private func answer<V>(to field: Field<V>, _ problems: inout [InvalidInput.Problem]) -> Result<
        V, FieldProblem
    > {
        do throws(FieldProblem) {
            return .success(try field.read(entries))
        } catch {
            problems.append(InvalidInput.Problem(field: field.name, message: error.message))
            return .failure(error)
        }
    }

    private static func found<V>(_ answer: Result<V, FieldProblem>) throws(FieldProblem) -> V {
        try answer.get()
    }
}

extension Submission {
    /// How much a form may hold.
    struct Limit: Sendable {
        /// The most bytes of all that is typed.
        let text: Int
        /// The most bytes of each file.
        let file: Int
        /// The most files that answer one question.
        let filesOfOne: Int
        /// The most bytes of all files.
        let allFiles: Int

        /// A form without files.
        static let text = Self(text: 512 * 1024, file: 0, filesOfOne: 0, allFiles: 0)

        /// A form with files of so many megabytes at most, one to a question.
        static func files(megabytes: Int) -> Self {
            Self(text: 512 * 1024, file: megabytes * 1024 * 1024, filesOfOne: 1, allFiles: .max)
        }

        /// A form in which a question takes several files: so many at most, each of so many megabytes, and so many together.
        static func several(_ count: Int, megabytes: Int, together: Int) -> Self {
            Self(
                text: 2 * 1024 * 1024, file: megabytes * 1024 * 1024, filesOfOne: count,
                allFiles: together * 1024 * 1024)
        }
    }

    /// Whether a form is read.
    enum Admission: Sendable {
        /// So much of it.
        case upTo(Limit)
        /// It is not, and the browser goes elsewhere.
        case elsewhere(Redirect)
    }

    /// Reads a form.
    ///
    /// - Throws: ``FormRefusal``; ``StaleForm`` with what was typed, where the proof is no longer good.
    static func read(from request: Hummingbird.Request, of visit: Visit, upTo limit: Limit) async throws
        -> Self
    {
        var entries: Entries
        var proof = Proof(visit: visit)
        switch MediaKind(request.headers[.contentType]) {
        case .urlEncoded:
            var bytes: [UInt8] = []
            for try await buffer in request.body {
                bytes += buffer.readableBytesView
                guard bytes.count <= limit.text else { throw FormRefusal.textTooLarge }
            }
            entries = Entries(QueryItem.list(of: String(decoding: bytes, as: UTF8.self)))
        case .multipart(let boundary):
            var reader = MultipartReader(
                boundary: boundary, limit: limit, into: visit.site.scratch
            ) { items throws(FormRefusal) in
                // Files are written to disk only for who has proven to hold a page of ours.
                guard proof.check(items) else { throw .unproven }
            }
            for try await buffer in request.body { try reader.read(buffer.readableBytesView) }
            entries = try reader.finish()
            if let scanner = visit.site.scanner { try await entries.refuseFiles(by: scanner) }
        case .other:
            throw FormRefusal.unreadable
        }
        guard proof.check(entries.items) else { throw StaleForm(entries: entries.sendable) }
        let key = entries.first(FormField.key).flatMap(UUID.init)
        guard let key else { throw FormRefusal.unreadable }
        return Submission(entries: entries.sendable, key: key)
    }

    /// Reads what was typed into a form whose sender is not signed in any more, to be shown to them again. Files are
    /// passed over.
    ///
    /// - Throws: ``FormRefusal`` where it cannot be read.
    static func typed(in request: Hummingbird.Request) async throws -> Entries {
        switch MediaKind(request.headers[.contentType]) {
        case .urlEncoded:
            var bytes: [UInt8] = []
            for try await buffer in request.body {
                bytes += buffer.readableBytesView
                guard bytes.count <= Limit.text.text else { throw FormRefusal.textTooLarge }
            }
            return Entries(QueryItem.list(of: String(decoding: bytes, as: UTF8.self))).sendable
        case .multipart(let boundary):
            var reader = MultipartReader(boundary: boundary, limit: .text, into: nil) { _ in }
            for try await buffer in request.body { try reader.read(buffer.readableBytesView) }
            return try reader.finish().sendable
        case .other:
            throw FormRefusal.unreadable
        }
    }

    /// The proof that a form comes from a page of ours that this browser has open.
    private struct Proof {
        let visit: Visit

        mutating func check(_ items: [QueryItem]) -> Bool {
            guard let token = items.first(where: { $0.name == FormField.token })?.value else { return false }
            return FormToken.isValid(token, for: visit.formCookie, key: visit.site.key)
        }
    }

    /// How a form is encoded.
    private enum MediaKind {
        case urlEncoded
        case multipart(boundary: String)
        case other

        init(_ header: String?) {
            let parts = (header ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let boundary = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }
                .map { $0.dropFirst("boundary=".count).trimmingCharacters(in: ["\""]) }
            switch (parts.first?.lowercased(), boundary) {
            case ("application/x-www-form-urlencoded", _): self = .urlEncoded
            case ("multipart/form-data", let boundary?) where (1...70).contains(boundary.utf8.count):
                self = .multipart(boundary: boundary)
            default: self = .other
            }
        }
    }
}

extension Entries {
    /// What was typed, without what every form bears by itself.
    fileprivate var sendable: Self {
        var entries = Entries(items.filter { $0.name != FormField.token && $0.name != FormField.key })
        entries.files = files
        entries.refusedFiles = refusedFiles
        entries.leftOut = leftOut
        return entries
    }
}

/// Why a form was not read.
enum FormRefusal: UserFacingError, Hashable {
    case unreadable
    case unproven
    case textTooLarge
    /// The limit is in bytes.
    case fileTooLarge(name: String, limit: Int)
    case filesTooLarge(megabytes: Int)
    case fromElsewhere

    var code: String {
        switch self {
        case .unreadable: "web.form.unreadable"
        case .unproven: "web.form.unproven"
        case .textTooLarge: "web.form.text_too_large"
        case .fileTooLarge: "web.form.file_too_large"
        case .filesTooLarge: "web.form.files_too_large"
        case .fromElsewhere: "web.form.from_elsewhere"
        }
    }

    var kind: ErrorKind {
        switch self {
        case .unreadable, .textTooLarge, .fileTooLarge, .filesTooLarge: .invalid
        case .unproven, .fromElsewhere: .forbidden
        }
    }

    var message: String {
        switch self {
        case .unreadable: "El formulario llegó incompleto. Vuelva atrás y envíelo otra vez."
        case .unproven:
            "La página estuvo abierta mucho tiempo y ya no sirve. Vuelva atrás, actualícela y envíe el archivo otra vez."
        case .textTooLarge: "El texto es demasiado largo para enviarlo de una vez. Acórtelo o divídalo."
        case .fileTooLarge(let name, let limit):
            "El archivo «\(name)» pesa más de \(limit >> 20 > 0 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"). Envíe uno más pequeño o divídalo."
        case .filesTooLarge(let megabytes):
            "Los archivos pesan juntos más de \(megabytes) MB. Envíelos en varias veces."
        case .fromElsewhere:
            "Esta solicitud vino de otro sitio y no se aceptó. Hágala desde las páginas de Alianzas."
        }
    }
}

/// A form whose proof is no longer good, because the session changed while the page was open: what was typed
/// is kept, to be sent again.
struct StaleForm: Error {
    let entries: Entries
}
