import Foundation
import Kernel
import Postgres
import Tenancy

struct FacilitatorRow: RowDecodable {
    let name: String
    let represents: String?

    init(row: Row) throws(RowError) {
        name = try row["name"]
        represents = try row["represents"]
    }
}

struct NarrativeRow: RowDecodable {
    let earlier: TextLikeness.Earlier

    init(row: Row) throws(RowError) {
        let number: String? = try row["number"]
        let title: String = try row["title"]
        earlier = TextLikeness.Earlier(
            title: number.map { "Acta \($0) · \(title)" } ?? title, meeting: try row["meeting_id"],
            day: try row["dated_on"], paragraphs: try row["narrative"])
    }
}

struct EarlierMinutesRow: RowDecodable {
    let words: String

    init(row: Row) throws(RowError) {
        let title: String = try row["title"]
        let day: CalendarDate = try row["day"]
        let number: Int? = try row["number"]
        let says: String? = try row["says"]
        let shouldSay: String? = try row["should_say"]
        let acta = "el acta \(number.map { "n.º \($0) " } ?? "")de «\(title)», del \(SpanishFormat.date(day))"
        if let says, let shouldSay {
            words = "Se corrigió \(acta): donde dice «\(says)» debe decir «\(shouldSay)»."
        } else {
            words = "Se aprobó \(acta)."
        }
    }
}

extension MinutesFacts.Notice: RowDecodable {
    /// Reads a row of `governance.meeting_notices`.
    init(row: Row) throws(RowError) {
        issuedOn = try row["issued_on"]
        givenDays = try row["given_days"]
        requiredDays = try row["required_days"]
        countsBusinessDays = try row["counts_business_days"]
        requiredBy = try row["required_by"]
        shortNoticeReason = try row["short_notice_reason"]
    }
}

extension MinutesFacts.Call: RowDecodable {
    /// Reads a row of `governance.meeting_calls`.
    init(row: Row) throws(RowError) {
        sentOn = try row["sent_on"]
        channel = try row["channel"]
        reached = try row["reached"]
        hasProof = try row["has_proof"]
    }
}

extension MinutesFacts.Attendance: RowDecodable {
    /// Reads a row of `governance.attendances`.
    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        name = try row["name"]
        capacity = try row["capacity"]
        represents = try row["represents"]
        isRemote = try row["is_remote"]
        arrivedAt = try row["arrived_at"]
        leftAt = try row["left_at"]
        let seat: UUID? = try row["seat_id"]
        let rank: Int? = try row["rank"]
        let office: String? = try row["office"]
        if let seat, let rank, let office {
            self.seat = .init(id: seat, office: office, rank: rank)
        } else {
            self.seat = nil
        }
    }
}

extension MinutesFacts.Attendance.Capacity: SQLValue {}

extension MinutesFacts.Excuse: RowDecodable {
    /// Reads a row of `governance.attendance_excuses`.
    init(row: Row) throws(RowError) {
        person = try row["person_id"]
        name = try row["name"]
        reason = try row["reason"]
    }
}

extension MinutesFacts.Scan: RowDecodable {
    /// Reads a row of `governance.attendance_scans`.
    init(row: Row) throws(RowError) {
        sheet = try row["code"]
        sha256 = try row.digest("sha256")
    }
}

extension MinutesFacts.Check: RowDecodable {
    /// Reads a row of `governance.quorum_checks`.
    init(row: Row) throws(RowError) {
        id = try row["check_id"]
        occasion = try row["occasion"]
        call = try row["call"]
        base = try row["base"]
        present = try row["present"]
        required = try row["required"]
        isMet = try row["is_met"]
        source = try row["source"]
        checkedAt = try row["checked_at"]
    }
}

extension MinutesFacts.Check.Occasion: SQLValue {}

extension MinutesFacts.Decision: RowDecodable {
    /// Reads a row of `governance.decisions`.
    init(row: Row) throws(RowError) {
        id = try row["decision_id"]
        item = try row["item_id"]
        position = try row["position"]
        decision = try row["decision"]
        proposedBy = try row["proposed_by"]
        manner = try row["manner"]
        majority = try row["majority"]
        share = try row["share"]
        shareOf = try row["share_of"]
        majoritySource = try row["majority_source"]
        inFavor = try row["in_favor"]
        against = try row["against"]
        blank = try row["blank"]
        abstained = try row["abstained"]
        needed = try row["needed"]
        isAdopted = try row["is_adopted"]
        check = try row["check_id"]
        present = try row["present"]
        entitled = try row["entitled"]
        approvesMinutes = try row["approves_minutes_id"]
        withdrawal = try row["withdrawal_reason"]
        let voters: [String] = try row["voters"]
        let votes: [String] = try row["votes"]
        byName = zip(voters, votes).compactMap { name, vote in
            NominalVote.Choice(rawValue: vote).map { NominalVote(person: nil, name: name, choice: $0) }
        }
    }
}

extension MinutesFacts.Question: RowDecodable {
    /// Reads a row of `governance.meeting_questions`.
    init(row: Row) throws(RowError) {
        item = try row["item_id"]
        askedBy = try row["asked_by"]
        question = try row["question"]
        answer = try row["answer"]
        answeredBy = try row["answered_by"]
    }
}

extension MinutesFacts.Commitment: RowDecodable {
    /// Reads a row of `governance.commitments`.
    init(row: Row) throws(RowError) {
        activity = try row["activity"]
        owner = try row["owner"]
        ownerKind = try row["owner_kind"]
        dueOn = try row["due_on"]
        item = try row["item_id"]
        decision = try row["decision_id"]
    }
}

extension MinutesFacts.Review: RowDecodable {
    /// Reads a row of `governance.commitment_steps` with its commitment.
    init(row: Row) throws(RowError) {
        commitment = try MinutesFacts.Commitment(row: row)
        kind = try row["kind"]
        note = try row["note"]
        dueAfter = try row["due_after"]
    }
}

extension Row {
    /// Reads a SHA-256.
    func digest(_ column: StaticString) throws(RowError) -> HashDigest {
        let bytes: [UInt8] = try self[column]
        guard let digest = HashDigest(bytes: bytes) else {
            throw RowError(unreadable: "\(column)", because: SQLDecodingError.malformed)
        }
        return digest
    }
}
