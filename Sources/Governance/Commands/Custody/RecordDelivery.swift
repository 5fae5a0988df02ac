public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records what an alliance handed over to be kept: files with the digest that they have now, and papers.
public struct RecordDelivery: Command {
    /// Who may do it.
    public static let permission = Permission.recordDeliveries
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The office that it went to.
    public let recipient: String
    /// The post of whoever received it.
    public let post: String?
    /// How.
    public let medium: Delivery.Medium
    /// What else is to be told.
    public let note: String?
    /// The day.
    public let day: CalendarDate
    /// The files.
    public let files: [ID<StoredFile>]
    /// The papers.
    public let papers: [Delivery.Item]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CustodyError``.
    public init(
        of alliance: ID<Alliance>, to recipient: String, post: String?, through medium: Delivery.Medium,
        note: String?, on day: CalendarDate, files: [ID<StoredFile>], papers: [Delivery.Item]
    ) throws(CustodyError) {
        guard let recipient = recipient.trimmedOrNil else { throw .recipientMissing }
        guard !files.isEmpty || !papers.isEmpty else { throw .nothingHandedOver }
        self.alliance = alliance
        self.recipient = recipient
        self.post = post?.trimmedOrNil
        self.medium = medium
        self.note = note?.trimmedOrNil
        self.day = day
        self.files = files
        self.papers = papers
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``CustodyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Delivery>
    > {
        let today = ColombianTime.date(at: now)
        guard day <= today else { throw CustodyError.dayOutOfPlace }
        let known = Dictionary(
            try await transaction.documents(of: alliance, on: today).compactMap { document in
                document.file.map { ($0, document) }
            }
        ) { first, _ in first }
        var items: [Delivery.Item] = []
        for file in files {
            guard let document = known[file], let record = try await transaction.file(file),
                let digest = HashDigest(bytes: record.sha256)
            else { throw CustodyError.documentNotFound }
            // What is handed over is listed by name for the entity: what the board keeps to itself is shared first.
            guard !document.isReserved else { throw CustodyError.documentReserved }
            items.append(
                Delivery.Item(
                    title: document.title, datedOn: document.datedOn, file: file, digest: digest,
                    retention: document.retention))
        }
        let terms = try await transaction.retentionTerms()
        items += papers.map { $0.kept(by: terms) }
        let id = ID<Delivery>()
        let number = try await transaction.insert(
            items, as: id, to: recipient, post: post, through: medium, note: note, on: day, of: alliance,
            at: now)
        return Audited(
            id,
            AuditEvent(
                "governance.delivery.recorded", subject: id,
                details: [
                    "number": String(number), "recipient": recipient, "day": day.description,
                    "entries": String(items.count),
                ]))
    }
}

/// Adds the signed receipt of a delivery.
public struct RecordDeliveryReceipt: Command {
    /// Who may do it.
    public static let permission = Permission.recordDeliveries
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The delivery.
    public let id: ID<Delivery>
    /// Who signed, by office.
    public let who: String
    /// The day.
    public let day: CalendarDate
    /// The signed receipt.
    public let receipt: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CustodyError/recipientMissing``.
    public init(
        of id: ID<Delivery>, in alliance: ID<Alliance>, by who: String, on day: CalendarDate,
        receipt: StoredFile
    ) throws(CustodyError) {
        guard let who = who.trimmedOrNil else { throw .recipientMissing }
        self.alliance = alliance
        self.id = id
        self.who = who
        self.day = day
        self.receipt = receipt
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``CustodyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let delivery = try await transaction.delivery(id, of: alliance) else {
            throw CustodyError.notFound
        }
        guard day <= ColombianTime.date(at: now), day >= delivery.handedOn else {
            throw CustodyError.dayOutOfPlace
        }
        let file = try await transaction.store(receipt, as: .custody, in: stream, at: now)
        guard try await transaction.receive(id, by: who, on: day, receipt: file) else {
            throw CustodyError.receivedAlready
        }
        return Audited(
            AuditEvent(
                "governance.delivery.received", subject: id,
                details: ["number": String(delivery.number), "day": day.description]))
    }
}

/// All that an alliance has on paper, what is missing, and what was handed over.
public struct ReadDocuments: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The documents, the latest first.
        public let documents: [AllianceDocument]
        /// What is missing.
        public let gaps: [DocumentGap]
        /// What was handed over, the latest first.
        public let deliveries: [Delivery]
    }

    /// Who may do it.
    public static let permission = Permission.seeDocuments
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names of files may name people.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "file name"]) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        var documents = try await transaction.documents(of: alliance, on: today)
        let origins = try await transaction.origins(
            of: documents.filter { $0.source == .file }.compactMap(\.file))
        for index in documents.indices where documents[index].source == .file {
            documents[index].origin = documents[index].file.flatMap { origins[$0] }
        }
        return Answer(
            documents: documents,
            gaps: try await transaction.documentGaps(of: alliance, on: today),
            deliveries: try await transaction.deliveries(of: alliance))
    }
}

/// A delivery with all that it held.
public struct ReadDelivery: Query {
    /// Who may do it.
    public static let permission = Permission.seeDocuments
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The delivery.
    public let id: ID<Delivery>

    /// Asks for a delivery.
    public init(_ id: ID<Delivery>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names of files may name people.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "file name"]) }

    /// Reads it.
    ///
    /// - Throws: ``CustodyError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> (
        delivery: Delivery, items: [Delivery.Item]
    ) {
        guard let delivery = try await transaction.delivery(id, of: alliance) else {
            throw CustodyError.notFound
        }
        return (delivery, try await transaction.items(of: id))
    }
}

extension Delivery.Item {
    /// A paper with how long it is kept, where it says what it is. Until when is not reckoned: of a paper that is in no
    /// file, the platform does not follow the term.
    fileprivate func kept(by terms: [RetentionTerm]) -> Self {
        guard let retention, let term = terms.first(where: { $0.retention == retention.retention }) else {
            return self
        }
        return Self(
            title: title, datedOn: datedOn, sheets: sheets,
            retention: DocumentRetention(
                as: term.retention, until: nil, isAlways: term.years == nil, isConfirmed: term.isConfirmed))
    }
}
