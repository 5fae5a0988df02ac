import Foundation
import Kernel
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Núñez", "nunez"),
        ("  María   de los\u{A0}Ángeles\n", "maria de los angeles"),
        ("Nun\u{0303}ez", "nunez"),
        ("D'Angelo", "dangelo"),
        ("D’Angelo", "dangelo"),
        ("Pérez-Gómez", "perez gomez"),
        ("Bogotá, D.C.", "bogota dc"),
        ("Mirití - Paraná", "miriti parana"),
        ("Gloria S.A.S.", "gloria sas"),
        ("Argüello", "arguello"),
        ("STRAßE", "strasse"),
        ("N.º 2.ª", "no 2a"),
        ("12.345.678", "12345678"),
        ("İstanbul", "istanbul"),
        ("\u{212B}ngstr\u{F6}m \u{212A}elvin", "angstrom kelvin"),
        ("a\u{AD}b", "ab"),
        ("3 × 4 ÷ 5", "3 4 5"),
        ("Łukasz Ødegård", "lukasz odegard"),
        ("…—!", ""),
        ("", ""),
    ])
    func `a text folds to what people type`(text: String, folded: String) {
        #expect(text.folded == folded)
    }

    @Test func `every assigned scalar of Unicode folds to something that folds to itself`() {
        var wrong: [Unicode.Scalar] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            switch scalar.properties.generalCategory {
            case .unassigned, .privateUse: continue
            default: break
            }
            let folded = String(scalar).folded
            if folded.folded != folded { wrong.append(scalar) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func `folding agrees with the system's on every Latin letter that the system can fold`() {
        var compared = 0
        for value in UInt32(0xC0)...0x24F {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
            let theirs = String(scalar)
                .folding(
                    options: [.diacriticInsensitive, .caseInsensitive],
                    locale: Locale(identifier: "en_US_POSIX"))
            guard theirs.allSatisfy(\.isASCII) else { continue }
            #expect(String(scalar).folded == theirs)
            compared += 1
        }
        #expect(compared > 200)
    }

    @Test func `generated texts fold to words of one case with single spaces, however they are composed`() {
        var random = Seeded()
        let alphabet = Array("aáAÁnñNÑuüzZ09 .,'-–\t\n\u{A0}\u{0301}\u{0303}ß¿?«»")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0...24, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? " "
                })
            let folded = text.folded
            let comment: Comment = "seed \(random.seed), text \(text.debugDescription)"
            #expect(folded == folded.lowercased() && folded.folded == folded, comment)
            #expect(folded.split(separator: " ").joined(separator: " ") == folded, comment)
            #expect(text.precomposedStringWithCanonicalMapping.folded == folded, comment)
            #expect(text.decomposedStringWithCanonicalMapping.folded == folded, comment)
        }
    }
}
