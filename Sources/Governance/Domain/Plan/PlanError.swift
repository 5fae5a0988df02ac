public import Kernel

/// Why a plan, its follow-up or a report is refused.
public enum PlanError: UserFacingError, Hashable {
    /// The plan is none of this alliance's.
    case notFound
    /// The alliance has a plan for that year.
    case yearTaken(Int)
    /// The plan has no such activity.
    case activityNotFound
    /// A month that is none.
    case unknownMonth
    /// A target without its unit, or a unit without its amount.
    case targetIncomplete
    /// Something was told of the activity: it is not taken out.
    case activityFollowed(String)
    /// The plan is a draft: it is edited, not changed.
    case notApproved
    /// A change of an approved plan that does not say why.
    case changeReasonMissing
    /// The plan is approved by who are the members of the alliance.
    case notOfMembers
    /// The plan has no activity of that number.
    case unknownActivity(String)
    /// The follow-up tells nothing.
    case progressMissing
    /// The month has not begun.
    case monthToCome
    /// The plan was approved already.
    case alreadyApproved
    /// The day lies in the future.
    case inFuture
    /// A plan is approved in its year or in the one before.
    case approvedOutOfPlace(ClosedRange<CalendarDate>)
    /// A report without a name.
    case untitledReport
    /// A plan without a name.
    case untitled
    /// A plan that does not say what it is for.
    case withoutObjective
    /// A plan without activities.
    case withoutActivities
    /// An activity that says nothing.
    case unnamedActivity
    /// The approval names no minutes.
    case actMissing
    /// The plan was approved, followed up or read from its document: it is not written anew.
    case notADraft
    /// Whoever keeps a draft to the board is not on it.
    case notOnBoard
    /// The board has a draft of its own for that year.
    case ownDraftTaken(Int)
    /// The draft is the board's own: it is shared before anything rests on it.
    case notShared
    /// The plan is shared with the entity already.
    case alreadyShared
    /// The year has a draft that both see: there is no place for another one.
    case draftAwaits(Int)
    /// Something was told of a draft: it is not given up.
    case draftFollowed
    /// A draft that is given up without saying why.
    case dropReasonMissing
    /// The report is none of this alliance's, or was taken back.
    case reportNotFound
    /// A correction that does not say why.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.plan.not_found"
        case .yearTaken: "governance.plan.year_taken"
        case .activityNotFound: "governance.plan.activity_not_found"
        case .unknownMonth: "governance.plan.unknown_month"
        case .targetIncomplete: "governance.plan.target_incomplete"
        case .activityFollowed: "governance.plan.activity_followed"
        case .notApproved: "governance.plan.not_approved"
        case .changeReasonMissing: "governance.plan.change_reason_missing"
        case .notOfMembers: "governance.plan.not_of_members"
        case .unknownActivity: "governance.plan.unknown_activity"
        case .progressMissing: "governance.plan.progress_missing"
        case .monthToCome: "governance.plan.month_to_come"
        case .alreadyApproved: "governance.plan.already_approved"
        case .inFuture: "governance.plan.in_future"
        case .approvedOutOfPlace: "governance.plan.approved_out_of_place"
        case .untitledReport: "governance.report.untitled"
        case .untitled: "governance.plan.untitled"
        case .withoutObjective: "governance.plan.without_objective"
        case .withoutActivities: "governance.plan.without_activities"
        case .unnamedActivity: "governance.plan.unnamed_activity"
        case .actMissing: "governance.plan.act_missing"
        case .notADraft: "governance.plan.not_a_draft"
        case .notOnBoard: "governance.plan.not_on_board"
        case .ownDraftTaken: "governance.plan.own_draft_taken"
        case .notShared: "governance.plan.not_shared"
        case .alreadyShared: "governance.plan.already_shared"
        case .draftAwaits: "governance.plan.draft_awaits"
        case .draftFollowed: "governance.plan.draft_followed"
        case .dropReasonMissing: "governance.plan.drop_reason_missing"
        case .reportNotFound: "governance.report.not_found"
        case .reasonMissing: "governance.report.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .reportNotFound, .activityNotFound: .notFound
        case .notOnBoard: .forbidden
        case .yearTaken, .alreadyApproved, .notADraft, .activityFollowed, .notApproved, .notShared,
            .ownDraftTaken,
            .alreadyShared, .draftAwaits, .draftFollowed:
            .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .yearTaken, .alreadyApproved, .notADraft, .reportNotFound, .activityNotFound,
            .activityFollowed, .notApproved, .withoutActivities, .notOnBoard, .notShared, .alreadyShared,
            .ownDraftTaken,
            .draftAwaits, .draftFollowed:
            nil
        case .unknownMonth: "months"
        case .targetIncomplete: "target"
        case .changeReasonMissing, .dropReasonMissing: "reason"
        case .notOfMembers: "approves"
        case .unknownActivity: "activity"
        case .progressMissing: "progress"
        case .monthToCome: "month"
        case .inFuture, .approvedOutOfPlace: "day"
        case .untitledReport, .untitled: "title"
        case .withoutObjective: "objective"
        case .unnamedActivity: "activity"
        case .actMissing: "act"
        case .reasonMissing: "reason"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese plan. Vuelva a la alianza y ábralo de nuevo."
        case .yearTaken(let year): "La alianza ya tiene plan de trabajo para \(year)."
        case .activityNotFound: "El plan no tiene esa actividad. Vuelva al plan y ábrala de nuevo."
        case .unknownMonth: "Escoja los meses de la lista."
        case .targetIncomplete: "Escriba la meta completa: cuántas y de qué, como «12» y «capacitaciones»."
        case .activityFollowed(let number):
            "De la actividad \(number) ya se contó algo en el seguimiento: no se quita. Cámbiela si hace falta."
        case .notApproved: "El plan todavía es un borrador: cámbielo directamente."
        case .changeReasonMissing: "Diga por qué se cambia el plan: queda con la nueva versión."
        case .notOfMembers:
            "El plan lo aprueban los asociados: la decisión se toma en una reunión de ellos, no de un organismo."
        case .unknownActivity(let number): "El plan no tiene una actividad \(number). Escójala de la lista."
        case .progressMissing: "Cuente en una frase qué se hizo."
        case .monthToCome: "Ese mes todavía no empieza. Escoja uno que ya empezó."
        case .alreadyApproved: "El plan ya consta como aprobado."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .approvedOutOfPlace(let days):
            "El plan se aprueba en su año o en el anterior: \(SpanishFormat.dates(days)). Revise la fecha."
        case .untitledReport: "Escriba el título del informe."
        case .untitled: "Escriba el título del plan."
        case .withoutObjective: "Diga en una frase para qué es el plan."
        case .withoutActivities: "El plan no tiene actividades. Agregue al menos una antes de aprobarlo."
        case .unnamedActivity: "Diga qué se va a hacer en esta actividad."
        case .actMissing: "Diga en qué acta consta la aprobación, con su número y fecha."
        case .notADraft: "El plan ya se aprobó: lo que cambie va en una nueva versión, con su motivo."
        case .notOnBoard:
            "Solo quien es de la junta puede guardar un borrador en el espacio propio de la alianza."
        case .ownDraftTaken(let year):
            "La junta ya prepara un borrador del plan de \(year). Ábralo desde la página del plan."
        case .notShared:
            "Ese borrador es del espacio propio de la junta. Compártalo primero; después se propone a la asamblea."
        case .alreadyShared: "Ese plan ya está compartido con la entidad."
        case .draftAwaits(let year):
            "Ya hay un borrador del plan de \(year) a la vista de la entidad. Ábralo: cuando los asociados lo aprueben, o si se descarta, la junta comparte el suyo."
        case .draftFollowed:
            "De este borrador ya se contó algo en el seguimiento: no se descarta. Cámbielo si hace falta."
        case .dropReasonMissing: "Diga por qué se descarta el borrador: queda en el registro."
        case .reportNotFound: "Ese informe no está anotado en esta alianza, o ya se quitó. Vuelva a la lista."
        case .reasonMissing: "Diga por qué se corrige o se quita el informe."
        }
    }
}
