import Foundation
import Kernel
public import Postgres
import Tenancy

struct PostponementRow: RowDecodable {
    let change: CanvassReport.Change

    init(row: Row) throws(RowError) {
        let place: String? = try row["place"]
        let before: Date = try row["opened_at"]
        let after: Date = try row["opens_at"]
        let what = place.map { "La votación en \($0)" } ?? "Toda la votación"
        change = CanvassReport.Change(
            what:
                "\(what) se aplazó del \(SpanishFormat.shortDateAndTime(before)) al \(SpanishFormat.shortDateAndTime(after))",
            reason: try row["reason"], author: try row["author"], madeAt: try row["made_at"])
    }
}

struct DifferenceRow: RowDecodable {
    let table: Int
    let difference: CanvassReport.Difference

    init(row: Row) throws(RowError) {
        table = try row["number"]
        let slate: String? = try row["name"]
        let figure: String = try row["figure"]
        let words =
            switch figure {
            case "blank": "votos en blanco"
            case "null": "votos nulos"
            case "unmarked": "tarjetones no marcados"
            case "ballots": "tarjetones que salieron de la urna"
            case "voters": "personas que votaron"
            default: figure
            }
        difference = CanvassReport.Difference(
            figure: slate ?? words, first: try row["first_jury"], second: try row["second_jury"],
            agreed: try row["agreed"])
    }
}

struct ExtensionRow: RowDecodable {
    let change: CanvassReport.Change

    init(row: Row) throws(RowError) {
        let number: Int = try row["number"]
        let until: Date = try row["closes_at"]
        change = CanvassReport.Change(
            what:
                "Mesa \(number): cierre ampliado hasta las \(SpanishFormat.time(ColombianTime.time(at: until)))",
            reason: try row["reason"], author: try row["author"], madeAt: try row["extended_at"])
    }
}

extension CanvassReport.Table: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        self.init(
            number: try row["number"], place: try row["place"], address: try row["address"],
            municipality: try row["municipality"], votes: try row["votes"],
            blank: try row["blank"], null: try row["null_votes"], unmarked: try row["unmarked"],
            unreturned: try row["unreturned"], voters: try row["voters"],
            isReconciled: try row["is_reconciled"], reconciliation: try row["reconciliation"],
            isAnnulled: try row["is_annulled"],
            openedAt: try row["opened_at"], closedAt: try row["closed_at"], jurors: try row["jurors"])
    }
}

extension CanvassReport.Elected: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        self.init(
            seat: try row["seat"], rank: try row["rank"], name: try row["name"], slate: try row["slate"],
            startsOn: try row["starts_on"], endsOn: try row["ends_on"])
    }
}

extension DrawRecord: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        let digest: [UInt8]? = try row["seed_sha256"]
        let seal: [UInt8]? = try row["seal"]
        self.init(
            seed: try row["seed_parts"], digest: Hex.encode(digest ?? []), among: try row["among"],
            outcome: try row["outcome"], witnesses: try row["witnesses"],
            source: try row["source"], seal: seal.map { Hex.encode($0) }, drawnAt: try row["drawn_at"])
    }
}

extension CanvassReport.Incident: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        let kind: IncidentKind = try row["kind"]
        self.init(
            kind: kind.title, table: try row["table_number"], account: try row["account"],
            happenedAt: try row["happened_at"], author: try row["author"])
    }
}

extension CanvassReport.Remark: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        self.init(
            institution: try row["institution"], body: try row["body"], madeAt: try row["made_at"])
    }
}

extension CanvassReport.Record: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        let kind: String = try row["kind"]
        let digest: [UInt8] = try row["sha256"]
        self.init(
            number: try row["number"], isFinal: kind == "final", sha256: Hex.encode(digest),
            text: try row["text"], sealedAt: try row["sealed_at"])
    }
}

extension CanvassReport.ChallengeRecord {
    /// A challenge without who filed it.
    init(_ challenge: ChallengeFile) {
        self.init(
            number: challenge.number, ground: challenge.ground.title, state: challenge.state.rawValue,
            effect: challenge.effect?.title, reason: challenge.reason, filedAt: challenge.filedAt,
            decidedAt: challenge.decidedAt)
    }
}
