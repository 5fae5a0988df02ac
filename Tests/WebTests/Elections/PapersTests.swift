import Elections
import Foundation
import Kernel
import Tenancy
import Testing

@testable import Elections
@testable import Web

@Suite struct `Papers of a vote` {
    private static let entity = Organization(
        id: ID(), slug: "eps", kind: .insurer, name: "Prueba EPS S.A.S.", shortName: "Prueba EPS",
        nit: "800123456", municipality: "23672")
    private static let process = ElectionProcess(
        id: ID(), alliance: ID(), name: "Elección 2026", state: .nominations, stateReason: nil)

    private static func ballot(_ people: [[String]], marks: Int = 1) -> BallotDocument {
        let contest = Contest(
            process: process.id, position: 1, name: "Comité organizador", body: ID(),
            seats: [ID(), ID()], candidature: .slates, votingMode: .paper, rule: .quotient,
            hasBlankMajority: false, alternates: .none, rulesSource: "Estatutos", rulesAreConfirmed: true)
        return BallotDocument(
            ballot: BallotPaper(
                contest: contest, round: 1, marks: marks,
                options: people.enumerated().map { index, names in
                    BallotPaper.Option(
                        number: index + 1, name: "Plancha \(index + 1)", principals: names, alternates: [])
                }, isOrderOpen: false, obstacle: nil),
            process: process, alliance: "Alianza de prueba", entity: entity,
            printedOn: CalendarDate(dayNumber: 20_000))
    }

    @Test func `a ballot bears what is voted, the blank vote, and nothing that tells one from another`() {
        let ballot = Self.ballot([["Ana Ruiz", "Luis Paz"], ["Rosa Díaz"]])
        let text = String(decoding: ballot.markup(), as: UTF8.self)
        #expect(ballot.perSheet == 2)
        let halves = text.components(separatedBy: "<div class=\"ballot-half\">").dropFirst()
            .map {
                $0.components(separatedBy: "<p class=\"ballot-cut\">")[0].replacing(
                    "</div></div></body></html>", with: "</div>")
            }
        #expect(halves.count == 2 && Set(halves).count == 1)
        for words in ["Plancha 1", "1. Ana Ruiz", "2. Luis Paz", "Plancha 2", "Se eligen 2 puestos"] {
            #expect(text.components(separatedBy: words).count == 3, "\(words)")
        }
        #expect(text.components(separatedBy: "Voto en blanco").count == 3)
        #expect(text.components(separatedBy: "class=\"ballot-box\"").count == 2 * 3 + 1)
        #expect(text.contains("un solo cuadro"))
        for mark in ["control", "qr", "Página", "verificar", "page-foot"] {
            #expect(!text.contains(mark), "\(mark)")
        }
    }

    @Test func `a long ballot has a sheet of its own, and several marks are told`() {
        let people = (1...5).map { "Persona \($0) Con Dos Apellidos" }
        let ballot = Self.ballot([people, people, people], marks: 2)
        let text = String(decoding: ballot.markup(), as: UTF8.self)
        #expect(ballot.perSheet == 1)
        #expect(!text.contains("ballot-cut"))
        #expect(text.contains("Marque con una X hasta 2 cuadros"))
    }

    @Test func `a letter says where it is written, when and where the vote is, and where to answer`() throws {
        let letter = GuarantorLetter(
            guarantor: Guarantor(
                id: ID(), kind: .ombudsman, institution: "Personería de San Antero",
                invitation: "Lo invitamos.\n\nGracias.",
                invitedAt: Date(timeIntervalSince1970: 1_790_000_000), name: nil, officeTitle: nil, user: nil,
                accreditedAt: nil, remarks: []),
            process: Self.process, alliance: "Alianza de prueba", entity: Self.entity, city: "San Antero",
            voting: "miércoles 20 de enero de 2027", places: ["Colegio, Calle 1"],
            contact: try Contact(filledIn: "participacion@ejemplo.invalid", phone: "300 000 0000"))
        let text = String(decoding: letter.markup(), as: UTF8.self)
        for words in [
            "San Antero, 21 de septiembre de 2026", "NIT 800", "<dd>miércoles 20 de enero de 2027</dd>",
            "<dd>Colegio, Calle 1</dd>", "participacion@ejemplo.invalid · 300 000 0000",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test func `a call keeps every word of what was published`() {
        let text = """
            CONVOCATORIA
            Alianza de prueba · Prueba EPS S.A.S.
            Elección 2026

            Se elige:
            1. Comité: 5 puestos.
            2. Veeduría: 1 puesto.

            Dónde se vota:
            - Mesa 1: Colegio, 1. piso.
            - Mesa 2: Casa de la cultura.

            Informes: Calle 1.

            Publica: Ana Prueba.

            """
        let blocks = CallPresentation(text).blocks
        #expect(
            blocks == [
                .paragraph("CONVOCATORIA"), .paragraph("Alianza de prueba · Prueba EPS S.A.S."),
                .paragraph("Elección 2026"), .heading("Se elige"),
                .numbered(["Comité: 5 puestos.", "Veeduría: 1 puesto."]), .heading("Dónde se vota"),
                .list(["Mesa 1: Colegio, 1. piso.", "Mesa 2: Casa de la cultura."]),
                .paragraph("Informes: Calle 1."), .paragraph("Publica: Ana Prueba."),
            ])
        var html = HTML()
        html.call(text.withoutHead("Alianza de prueba", "Prueba EPS S.A.S."))
        #expect(html.string.hasPrefix("<p class=\"document-lead\">Elección 2026</p><h2>Se elige</h2><ol>"))
        let poster = CallPoster(
            text: text, process: "Elección 2026", alliance: "Alianza de prueba", entity: Self.entity,
            publishedOn: CalendarDate(dayNumber: 20_000), address: WebAddress("https://alianzas.example/x"))
        let printed = String(decoding: poster.markup(), as: UTF8.self)
        #expect(printed.contains(HashDigest(of: text).description))
        #expect(printed.contains("NIT 800"))
        #expect(printed.contains("class=\"qr\""))
    }
}
