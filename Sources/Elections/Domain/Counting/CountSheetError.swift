public import Kernel

/// Why a count sheet cannot be written down or closed.
public enum CountSheetError: Error, Hashable {
    /// A figure below 0 or above 10¹².
    case figureOutOfRange(SheetRow, Int)
    /// A ballot on which nothing can be marked.
    case noMarks
    /// The juries differ and have agreed on nothing yet.
    case juriesDiffer([SheetDifference])
    /// Figures that do not add up, which no reason mends.
    case doesNotAddUp(Reconciliation.Finding)
    /// A sheet that was changed, misses ballots or has other voters than came in, without a reason.
    case reasonMissing(Reconciliation.Finding?)
}

extension CountSheetError: UserFacingError {
    /// A stable code, `elections.count_sheet.…`.
    public var code: String {
        switch self {
        case .figureOutOfRange: "elections.count_sheet.figure_out_of_range"
        case .noMarks: "elections.count_sheet.no_marks"
        case .juriesDiffer: "elections.count_sheet.juries_differ"
        case .doesNotAddUp: "elections.count_sheet.does_not_add_up"
        case .reasonMissing: "elections.count_sheet.reason_missing"
        }
    }

    /// What is written is malformed, or what is asked for is refused.
    public var kind: ErrorKind {
        switch self {
        case .figureOutOfRange, .noMarks, .reasonMissing: .invalid
        case .juriesDiffer, .doesNotAddUp: .refused
        }
    }

    /// The form field of a missing reason.
    public var field: String? {
        if case .reasonMissing = self { "reason" } else { nil }
    }

    /// What is wrong and how to mend it, in Spanish.
    public var message: String {
        switch self {
        case .figureOutOfRange(let row, let figure):
            "\(row.title): \(figure) no es posible. Escriba un número entero desde 0."
        case .noMarks:
            "Un tarjetón admite al menos una marca. Revise la regla de la elección."
        case .juriesDiffer(let differences):
            """
            Los dos jurados difieren en \(SpanishFormat.list(differences.map(\.row.title))). Cuenten otra vez \
            esas filas, acuerden la cifra y escriban el motivo.
            """
        case .doesNotAddUp(let finding):
            finding.message
        case .reasonMissing(let finding?):
            "\(finding.message) Escriba el motivo para cerrar la mesa."
        case .reasonMissing(nil):
            "Las cifras cambiaron después del conteo. Escriba el motivo para cerrar la mesa."
        }
    }
}

extension Reconciliation.Finding {
    /// What does not add up and what to do, in Spanish, in whole sentences.
    public var message: String {
        switch self {
        case .rowsDifferFromBallots(let rows, let ballots):
            """
            Las filas suman \(rows.spanish) y de la urna salieron \(counted(ballots, "tarjetón", "tarjetones")): \
            \(difference(rows, ballots)). Cuenten otra vez.
            """
        case .marksDoNotFit(let marks, let markedBallots, let marksPerBallot):
            """
            Hay \(counted(marks, "marca", "marcas")) en \
            \(counted(markedBallots, "tarjetón marcado", "tarjetones marcados")), y cada uno lleva de 1 a \
            \(marksPerBallot.spanish). Cuenten otra vez.
            """
        case .moreBallotsThanVoters(let ballots, let voters):
            """
            Hay \(counted(ballots, "tarjetón", "tarjetones")) y votaron \(counted(voters, "persona", "personas")): \
            \(difference(ballots, voters)). Cuenten otra vez; si se confirma, retiren los sobrantes al azar \
            ante testigos y corrijan las cifras.
            """
        case .fewerBallotsThanVoters(let ballots, let voters):
            """
            Votaron \(counted(voters, "persona", "personas")) y hay \(counted(ballots, "tarjetón", "tarjetones")): \
            \(difference(ballots, voters)).
            """
        case .moreVotersThanRoll(let voters, let roll):
            """
            Votaron \(counted(voters, "persona", "personas")) y el censo de la mesa tiene \(roll.spanish). \
            Revisen el registro de asistencia.
            """
        case .votersDifferFromCheckIns(let voters, let checkedIn):
            """
            Votaron \(counted(voters, "persona", "personas")) y a la mesa \
            \(checkedIn == 1 ? "ingresó" : "ingresaron") \(checkedIn.spanish): \
            \(difference(voters, checkedIn)).
            """
        }
    }

    private func difference(_ one: Int, _ other: Int) -> String {
        let difference = abs(one - other)
        return one > other
            ? "\(difference == 1 ? "sobra" : "sobran") \(difference.spanish)"
            : "\(difference == 1 ? "falta" : "faltan") \(difference.spanish)"
    }
}

extension SheetRow {
    /// The name of the row on sheets and screens.
    public var title: String {
        switch self {
        case .contender(let contender): contender.rawValue
        case .blank: "votos en blanco"
        case .null: "votos nulos"
        case .unmarked: "tarjetones no marcados"
        case .ballots: "tarjetones en la urna"
        case .voters: "personas que votaron"
        }
    }
}
