import Elections
import Kernel
import Tenancy

/// The ballot of a contest (`tarjetón`), one or two of it on a sheet: all that come from it are alike, and none says
/// whose it is.
struct BallotDocument: PrintedDocument {
    let ballot: BallotPaper
    let process: ElectionProcess
    let alliance: String
    let entity: Organization
    /// The day on which it is printed, which it does not tell.
    let printedOn: CalendarDate

    var title: String { "Tarjetón · \(ballot.contest.name)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Tarjetón", version: process.name, date: printedOn)
    }
    var isBare: Bool { true }

    /// How many are printed on a sheet of letter size.
    var perSheet: Int { ballot.height <= BallotPaper.halfSheet ? 2 : 1 }

    func body(_ html: inout HTML) {
        html.div(.class("ballot-sheet")) { sheet in
            guard perSheet == 2 else {
                write(size, &sheet)
                return
            }
            sheet.div(.class("ballot-half")) { write("ballot", &$0) }
            sheet.p("corte por esta línea", .class("ballot-cut"))
            sheet.div(.class("ballot-half")) { write("ballot", &$0) }
        }
    }

    /// Whether so many stand that those of a slate go one behind the other in a line.
    private var isCrowded: Bool { ballot.height > BallotPaper.denseSheet }

    /// Whether it goes on upon the back of the sheet.
    var needsBothSides: Bool { isCrowded && ballot.crowdedHeight > BallotPaper.wholeSheet }

    /// The letters of a ballot that has a sheet to itself: as large as it allows, since many who vote are old.
    private var size: String {
        if ballot.height * 4 / 3 <= BallotPaper.wholeSheet { return "ballot ballot-large" }
        if ballot.height <= BallotPaper.wholeSheet { return "ballot" }
        return isCrowded ? "ballot ballot-dense ballot-crowded" : "ballot ballot-dense"
    }

    private func write(_ size: String, _ sheet: inout HTML) {
        sheet.div(.class(size)) { paper in
            paper.p("\(entity.shortName) · \(alliance)", .class("ballot-entity"))
            paper.h1(ballot.round > 1 ? "\(ballot.contest.name), segunda vuelta" : ballot.contest.name)
            paper.p(
                "\(process.name). Se \(ballot.contest.seats.count == 1 ? "elige" : "eligen") \(SpanishFormat.count(ballot.contest.seats.count, "puesto", "puestos"))."
            )
            paper.p(ballot.instruction, .class("ballot-how"))
            paper.table { table in
                for option in ballot.options {
                    table.tr { row in
                        row.td(SpanishFormat.number(option.number), .class("ballot-number"))
                        row.th(.scope("row")) { cell in
                            cell.p(option.name, .class("ballot-name"))
                            let people =
                                isCrowded && !option.people.isEmpty
                                ? [option.people.joined(separator: " · ")] : option.people
                            for line in people { cell.p(line, .class("ballot-people")) }
                        }
                        row.td(.class("ballot-mark")) { $0.span("", .class("ballot-box")) }
                    }
                }
                table.tr { row in
                    row.td("", .class("ballot-number"))
                    row.th(.scope("row")) { $0.p("Voto en blanco", .class("ballot-name")) }
                    row.td(.class("ballot-mark")) { $0.span("", .class("ballot-box")) }
                }
            }
        }
    }
}

extension BallotPaper {
    /// What fits within half a sheet of letter size, on a whole one, and on one in smaller letters, in millimetres of
    /// ``height``.
    static let halfSheet = 112
    static let wholeSheet = 235
    static let denseSheet = 280

    /// About how high it is where those of a slate go one behind the other, in millimetres.
    var crowdedHeight: Int {
        options.reduce(50 + 7 * (contest.name.count / 42)) { height, option in
            let people = option.people.joined(separator: " · ").count
            return height
                + max(16, 6 * (1 + option.name.count / 52) + (people == 0 ? 0 : 5 * (1 + people / 84)) + 4)
        }
    }

    /// How to mark it, in a line.
    fileprivate var instruction: String {
        marks == 1
            ? "Marque con una X un solo cuadro. Si marca dos o más, el voto es nulo."
            : "Marque con una X hasta \(marks) cuadros, o solo el del voto en blanco. Si marca más de \(marks), el voto es nulo."
    }

    /// About how high it is, in millimetres: rather too much than too little, since what does not fit is cut off.
    var height: Int {
        let heading = 38 + 7 * (contest.name.count / 42)
        return options.reduce(heading + 18) { height, option in
            let lines = option.people.reduce(0) { $0 + 1 + $1.count / 64 }
            return height + max(18, 7 * (1 + option.name.count / 46) + 6 * lines + 5)
        }
    }
}

extension BallotPaper.Option {
    /// Those of a slate, a line each with the alternate of the same place where each has one; nobody where the option is
    /// one person, whose name it bears.
    fileprivate var people: [String] {
        if principals == [name] {
            return alternates.isEmpty ? [] : ["Suplente: \(SpanishFormat.list(alternates))"]
        }
        let arePaired = !alternates.isEmpty && alternates.count == principals.count
        let lines = principals.enumerated().map { index, principal in
            arePaired
                ? "\(index + 1). \(principal) (suplente: \(alternates[index]))" : "\(index + 1). \(principal)"
        }
        return arePaired || alternates.isEmpty
            ? lines : lines + ["Suplentes: \(SpanishFormat.list(alternates))"]
    }
}
