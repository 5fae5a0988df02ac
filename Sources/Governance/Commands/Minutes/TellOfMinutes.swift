import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Mails those who were in a meeting that a version of its minutes may be observed, each once.
    ///
    /// - Returns: How many a mail is on its way to.
    func tell(
        of version: Int, of draft: MinutesDraft, until day: CalendarDate?, on meeting: Meeting, at now: Date
    ) async throws -> Int {
        let present = Set(try await accountsPresent(in: meeting.id))
        let readers = try await observers(of: draft, at: now).filter { present.contains($0.user) }
        let told = try await note(told: readers.map(\.user), of: version, of: draft, at: now)
        let notice = MinutesNotice(meeting: meeting, path: try await path(to: meeting, of: draft.alliance))
        post(
            try readers.filter { told.contains($0.user) }.map {
                try OutboxMessage(notice.circulated(version, until: day, to: $0.email), about: draft.id)
            }, at: now)
        return told.count
    }

    /// Mails who made an observation that it was answered, once.
    func tell(
        ofAnswerTo observation: UUID, in draft: MinutesDraft, on meeting: Meeting, at now: Date
    ) async throws {
        guard let author = try await author(of: observation),
            let reader = try await observers(of: draft, at: now).first(where: { $0.user == author })
        else { return }
        let told = try await note(
            told: [author], of: draft.version, of: draft, answering: observation, at: now)
        guard !told.isEmpty else { return }
        let notice = MinutesNotice(meeting: meeting, path: try await path(to: meeting, of: draft.alliance))
        post([try OutboxMessage(notice.answered(to: reader.email), about: draft.id)], at: now)
    }

    /// Those who may observe minutes and whom mail reaches, but for who acts; of the board's own, its board alone.
    private func observers(of draft: MinutesDraft, at now: Date) async throws -> [Addressee] {
        let stream = AuditStream.alliance(draft.alliance)
        return try await addressees(at: now).filter { reader in
            reader.user != scope.principal.user && reader.holds(.observeMinutes, in: stream)
                && !Mailing(to: reader.email, subject: "", text: "").isUndeliverable
                && (!draft.isReserved
                    || reader.grants.contains { $0.role == .board && $0.space.alliance == draft.alliance })
        }
    }

    private func path(to meeting: Meeting, of alliance: ID<Alliance>) async throws -> String? {
        guard let host = try await self.organization(organization),
            let found = try await self.alliance(alliance)
        else { return nil }
        return "/o/\(host.slug)/alianzas/\(found.slug)/reuniones/\(meeting.id)/acta"
    }
}

/// What mails about minutes say. Of a meeting that the board keeps to itself they tell neither name nor day: mail lies
/// about in more places than pages do.
private struct MinutesNotice {
    let meeting: Meeting
    let path: String?

    private var of: String {
        meeting.isReserved
            ? "de una reunión de la junta"
            : "de «\(meeting.title)», del \(SpanishFormat.longDate(meeting.day))"
    }

    func circulated(_ version: Int, until day: CalendarDate?, to address: String) -> Mailing {
        let isFirst = version == 1
        return Mailing(
            to: address,
            subject: isFirst ? "Un acta espera sus observaciones" : "Hay otra versión de un acta",
            text: """
                \(isFirst ? "El acta" : "La versión \(version) del acta") \(of) está en observaciones. Usted estuvo en esa \
                reunión: léala y, si algo no quedó como fue, diga qué debería cambiar\
                \(day.map { ". Se reciben observaciones hasta el \(SpanishFormat.longDate($0))" } ?? "").

                Si está bien, no tiene que hacer nada.
                """, path: path)
    }

    func answered(to address: String) -> Mailing {
        Mailing(
            to: address, subject: "Respondieron su observación a un acta",
            text: "Respondieron la observación que usted hizo al acta \(of). Lea la respuesta en el acta.",
            path: path)
    }
}
