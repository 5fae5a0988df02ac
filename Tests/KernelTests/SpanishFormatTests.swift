import Foundation
import Kernel
import Testing

@Suite struct SpanishFormatTests {
    @Test func `a date reads as the office writes it`() throws {
        let date = try #require(CalendarDate("2026-03-13"))
        #expect(SpanishFormat.longDate(date) == "viernes 13 de marzo de 2026")
        #expect(SpanishFormat.date(date) == "13 de marzo de 2026")
        #expect(SpanishFormat.dayAndMonth(date) == "13 de marzo")
        #expect(SpanishFormat.shortDate(date) == "13/03/2026")
        #expect(SpanishFormat.shortDate(date + 292) == "30/12/2026")
        #expect(
            (0...13).map { SpanishFormat.monthName($0) ?? "-" }.joined(separator: " ")
                == "- enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre -"
        )
    }

    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-1234, "−1.234"),
        (Int.max, "9.223.372.036.854.775.807"), (Int.min, "−9.223.372.036.854.775.808"),
    ])
    func `a number has points between thousands`(number: Int, text: String) {
        #expect(SpanishFormat.number(number) == text)
        #expect(SpanishFormat.number(Int128(number)) == text)
    }

    @Test(arguments: [
        (12345, 1, "1.234,5"), (5, 2, "0,05"), (-5, 2, "−0,05"), (0, 3, "0,000"), (100_000, 2, "1.000,00"),
        (42, 0, "42"), (-1_234_567, 3, "−1.234,567"),
    ])
    func `a scaled number has a decimal comma`(scaled: Int, decimals: Int, text: String) {
        #expect(SpanishFormat.number(scaled, decimals: decimals) == text)
    }

    @Test(arguments: [
        (1, 3, 1, "33,3 %"), (2, 3, 1, "66,7 %"), (1, 8, 1, "12,5 %"), (1, 16, 1, "6,3 %"),
        (0, 5, 1, "0,0 %"),
        (5, 5, 0, "100 %"), (3, 0, 1, "—"), (-1, 3, 1, "—"), (1, 200, 0, "1 %"), (1, 201, 0, "0 %"),
        (Int.max, Int.max, 6, "100,000000 %"), (Int.max, 1, 1, "—"), (Int.max - 1, Int.max, 2, "100,00 %"),
    ])
    func `a share is exact and rounded half up`(part: Int, whole: Int, decimals: Int, text: String) {
        #expect(SpanishFormat.percentage(part, of: whole, decimals: decimals) == text)
    }

    @Test func `generated shares are within half a unit of the last decimal`() {
        var random = Seeded()
        for _ in 0..<2000 {
            let whole = Int.random(in: 1...1_000_000_000_000, using: &random)
            let part = Int.random(in: 0...whole, using: &random)
            let text = SpanishFormat.percentage(part, of: whole, decimals: 2)
            let scaled = Int(text.filter(\.isNumber)) ?? -1
            // |scaled ÷ 10⁴ − part ÷ whole| ≤ ½ ÷ 10⁴, without fractions.
            let difference = 2 * (scaled * whole - part * 10_000)
            #expect(-whole < difference && difference <= whole, "seed \(random.seed): \(part) of \(whole)")
        }
    }

    @Test func `a count agrees with its noun and an ordinal with its gender`() {
        #expect(SpanishFormat.sentence("Abre a las 8:00 a. m.") == "Abre a las 8:00 a. m.")
        #expect(SpanishFormat.sentence("Abre hoy") == "Abre hoy.")
        #expect(SpanishFormat.count(0, "voto", "votos") == "0 votos")
        #expect(SpanishFormat.count(1, "voto", "votos") == "1 voto")
        #expect(SpanishFormat.count(2345, "voto", "votos") == "2.345 votos")
        #expect(SpanishFormat.ordinal(3) == "3.º")
        #expect(SpanishFormat.ordinal(1, .feminine) == "1.ª")
    }

    @Test(arguments: [
        ([], ""), (["A"], "A"), (["A", "B"], "A y B"), (["A", "B", "C"], "A, B y C"),
        (["Ana", "Inés"], "Ana e Inés"), (["padres", "hijos"], "padres e hijos"),
        (["carbón", "hierro"], "carbón y hierro"), (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["Ana", "Yvonne"], "Ana e Yvonne"), (["Ana", "Íngrid"], "Ana e Íngrid"), (["X", "Y"], "X y Y"),
        (["agua", "iones"], "agua y iones"), (["H", "I"], "H e I"), (["A", ""], "A y "),
    ])
    func `a list is joined with y, or e before the sound of i`(items: [String], text: String) {
        #expect(SpanishFormat.list(items) == text)
    }

    @Test(arguments: [
        (["CC", "CE", "TI"], "CC, CE o TI"), (["siete", "ocho"], "siete u ocho"), (["7", "8"], "7 u 8"),
        (["mujeres", "hombres"], "mujeres u hombres"), (["10", "11"], "10 u 11"),
        (["100", "110"], "100 o 110"),
        (["10.000", "11.000"], "10.000 u 11.000"), (["1.000", "1.100"], "1.000 o 1.100"),
        (["700", "800"], "700 u 800"),
    ])
    func `choices are joined with o, or u before the sound of o`(items: [String], text: String) {
        #expect(SpanishFormat.choice(items) == text)
    }

    @Test(arguments: [
        (0, "cero"), (1, "uno"), (15, "quince"), (16, "dieciséis"), (20, "veinte"), (21, "veintiuno"),
        (22, "veintidós"), (26, "veintiséis"), (29, "veintinueve"), (30, "treinta"), (31, "treinta y uno"),
        (32, "treinta y dos"), (77, "setenta y siete"), (100, "cien"), (101, "ciento uno"),
        (115, "ciento quince"),
        (200, "doscientos"), (555, "quinientos cincuenta y cinco"), (700, "setecientos"),
        (999, "novecientos noventa y nueve"),
        (1000, "mil"), (1001, "mil uno"), (1994, "mil novecientos noventa y cuatro"),
        (2026, "dos mil veintiséis"), (21_000, "veintiún mil"), (31_031, "treinta y un mil treinta y uno"),
        (100_000, "cien mil"), (101_000, "ciento un mil"), (1_000_000, "un millón"),
        (1_000_001, "un millón uno"), (21_000_000, "veintiún millones"), (1_000_000_000, "mil millones"),
        (201_100_100, "doscientos un millones cien mil cien"),
    ])
    func `a number in words`(number: Int, words: String) {
        #expect(SpanishFormat.words(number) == words)
    }

    @Test(arguments: [
        (1, "una"), (21, "veintiuna"), (31, "treinta y una"), (200, "doscientas"), (21_000, "veintiuna mil"),
        (200_000, "doscientas mil"), (201_000_200, "doscientos un millones doscientas"), (100, "cien"),
    ])
    func `a feminine number in words`(number: Int, words: String) {
        #expect(SpanishFormat.words(number, .feminine) == words)
    }

    @Test func `minutes write a count in words, figures and noun`() {
        #expect(SpanishFormat.wordsAndFigures(32) == "treinta y dos (32)")
        #expect(SpanishFormat.wordsAndFigures(-3) == "−3")
        #expect(SpanishFormat.words(1_000_000_000_000) == nil)
        #expect(SpanishFormat.countInWords(1, "voto", "votos") == "un (1) voto")
        #expect(SpanishFormat.countInWords(31, "voto", "votos") == "treinta y un (31) votos")
        #expect(SpanishFormat.countInWords(21, "persona", "personas", .feminine) == "veintiuna (21) personas")
        #expect(SpanishFormat.countInWords(0, "voto", "votos") == "cero (0) votos")
        #expect(SpanishFormat.countInWords(1_000_000, "voto", "votos") == "un millón (1.000.000) de votos")
        #expect(SpanishFormat.countInWords(1_000_001, "voto", "votos") == "un millón un (1.000.001) votos")
    }

    @Test func `words say the number: what they add up to is the number, and none is said twice`() throws {
        var said: Set<String> = []
        for number in 0..<20_000 {
            let words = try #require(SpanishFormat.words(number))
            #expect(said.insert(words).inserted)
            #expect(value(of: words) == number)
        }
        var random = Seeded()
        for _ in 0..<5000 {
            let number = Int.random(in: 0...999_999_999_999, using: &random)
            let words = try #require(SpanishFormat.words(number))
            #expect(value(of: words) == number, "seed \(random.seed)")
        }
    }

    @Test func `the words are those of the system's own speller`() throws {
        let speller = NumberFormatter()
        speller.locale = Locale(identifier: "es")
        speller.numberStyle = .spellOut
        for number in Array(0...2100) + [
            9999, 10_000, 21_021, 31_100, 100_000, 500_500, 999_999, 1_000_000, 2_345_678,
        ] {
            let theirs = try #require(speller.string(from: NSNumber(value: number)))
            // It marks where words may be broken, here and there, by soft hyphens.
            #expect(SpanishFormat.words(number) == theirs.filter { $0 != "\u{AD}" })
        }
    }

    /// Reads Spanish number words by a table of their values, knowing nothing of how they were made.
    private func value(of words: String) -> Int? {
        let values = [
            "cero": 0, "un": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
            "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
            "quince": 15,
            "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
            "veintiún": 21,
            "veintiuno": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25,
            "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30,
            "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
            "cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400,
            "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900,
        ]
        var total = 0
        var group = 0
        for word in words.split(separator: " ") where word != "y" {
            switch word {
            case "mil": group = max(group, 1) * 1000
            case "millón", "millones": (total, group) = (total + group * 1_000_000, 0)
            default:
                guard let value = values[String(word)] else { return nil }
                group += value
            }
        }
        return total + group
    }
}
