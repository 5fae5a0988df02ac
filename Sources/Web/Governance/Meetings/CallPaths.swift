import Governance
import Kernel
import Tenancy

extension Path {
    // MARK: Meeting

    /// Changes what a planned meeting is.
    static let editMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/editar")
    /// Shares a meeting of the board's own space with the entity.
    static let shareMeeting = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/compartir")

    // MARK: Notice

    /// The call of a meeting, and its issue.
    static let notice = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/convocatoria")
    /// The pieces that carry it.
    static let noticePieces = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/convocatoria/piezas")
    /// The poster.
    static let noticePoster = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/convocatoria/afiche")
    /// Sends it by mail.
    static let mailNotice = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/convocatoria/correo")
    /// Records that it went out by a channel.
    static let recordCall = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/convocatoria/salida")

    // MARK: Agenda

    /// The agenda of a meeting; a point is added there.
    static let meetingAgenda = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/orden")
    /// Puts the points of a model or of the meeting before in an agenda, and several at once.
    static let fillAgenda = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/orden/llenar")
    /// Moves a point, takes it out, or puts in what was left open.
    static let arrangeAgenda = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/orden/cambio")
    /// Changes a point.
    static let editAgendaItem = Route<AllianceSlug, ID<Meeting>, ID<AgendaItem>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/orden/{item}")

    // MARK: Series

    /// Begins a series of sessions.
    static let newSeries = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/reuniones/ciclos/nuevo")
    /// A series of sessions; a meeting is counted among them there.
    static let series = Route<AllianceSlug, ID<MeetingSeries>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/ciclos/{series}")

    // MARK: Outreach

    /// Where people were sought out for a meeting; a visit is recorded there.
    static let outreach = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/difusion")
    /// Takes a visit out.
    static let removeVisit = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/difusion/quitar")
    /// The sheet of calls; what came of a call is noted there.
    static let callSheet = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas")
    /// Makes the sheet, or adds to it.
    static let makeCallSheet = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas/lista")
    /// Counts its calls among the channels.
    static let closeCallSheet = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas/cuenta")
    /// Takes back what was noted last of a call.
    static let undoCall = Route<AllianceSlug, ID<Meeting>, ID<CallSheetLine>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas/{line}/deshacer")
    /// Asks once more before somebody is called no more.
    static let callNoMore = Route<AllianceSlug, ID<Meeting>, ID<CallSheetLine>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas/{line}/no-llamar")
    /// The sheet, to call from paper.
    static let printedCallSheet = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/llamadas/pdf")

    // MARK: Support

    /// The support of an alliance's meetings that waits.
    static let allianceSupports = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/reuniones/apoyos")
    /// The support asked for a meeting; more is asked there.
    static let supports = Route<AllianceSlug, ID<Meeting>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/apoyos")
    /// Answers support, or says that it came.
    static let followSupport = Route<AllianceSlug, ID<Meeting>, ID<MeetingSupport>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/apoyos/{support}")
    /// Takes support back.
    static let withdrawSupport = Route<AllianceSlug, ID<Meeting>, ID<MeetingSupport>>(
        "/o/{tenant}/alianzas/{alliance}/reuniones/{meeting}/apoyos/{support}/retirar")
}

extension MeetingCall.Kind: PathValue {}
extension AgendaItem.Kind: PathValue {}
extension MeetingSeries.Purpose: PathValue {}
extension OutreachVisit.Kind: PathValue {}
extension CallSheetLine.Outcome: PathValue {}
extension MeetingSupport.Kind: PathValue {}
