import Foundation
import Kernel
import Testing

@Suite struct NITTests {
    /// As printed by the insurers themselves.
    @Test(arguments: [
        ("830.113.831-0", 830_113_831, 0), ("800.130.907-4", 800_130_907, 4),
        ("NIT 800.251.440-6", 800_251_440, 6),
        ("nit: 830113831 - 0", 830_113_831, 0), ("830113831", 830_113_831, 0), ("8301138310", 830_113_831, 0),
        ("8001128062", 800_112_806, 2), ("1020304050", 1_020_304_050, 8), ("000830113831–0", 830_113_831, 0),
    ])
    func `a NIT is read as people write it`(text: String, number: Int, checkDigit: Int) throws {
        let nit = try NIT(parsing: text)
        #expect(nit.number == number && nit.checkDigit == checkDigit)
        #expect(try NIT(parsing: nit.formatted) == nit && NIT(nit.description) == nit)
    }

    @Test func `a NIT is said with points and hyphen`() throws {
        let nit = try NIT(parsing: "830113831")
        #expect(nit.formatted == "830.113.831-0" && nit.description == "830113831-0")
        let json = try JSONEncoder().encode([nit])
        #expect(try JSONDecoder().decode([NIT].self, from: json) == [nit])
    }

    @Test(arguments: [
        ("830.113.831-1", NITError.wrongCheckDigit(expected: 0)),
        ("8301138311", .wrongCheckDigit(expected: 0)),
        ("", .malformed), ("NIT", .malformed), ("1234", .malformed), ("830.113.831-", .malformed),
        ("830.113.831-00", .malformed), ("830A13831", .malformed), ("1234567890123456", .malformed),
        ("830-113-831", .malformed), ("99999999999999999999", .malformed),
    ])
    func `what is no NIT is refused with its reason`(text: String, error: NITError) {
        #expect(throws: error) { try NIT(parsing: text) }
        #expect(error.message.hasSuffix(".") && error.code.hasPrefix("nit."))
    }

    @Test func `the check digit is that of every insurer in the catalogue that has a NIT`() throws {
        var checked = 0
        for line in try Catalogues.text("eps.csv").split(separator: "\n").dropFirst() {
            // Quotes stand only in the last column.
            let fields = line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
            guard let number = Int(fields[5]), let checkDigit = Int(fields[6]) else { continue }
            #expect(try #require(NIT(number: number)).checkDigit == checkDigit)
            #expect(try NIT(parsing: "\(number)-\(checkDigit)").number == number)
            checked += 1
        }
        #expect(checked == 109)
    }

    @Test func `one wrong digit or two swapped neighbours are nearly always noticed`() throws {
        var random = Seeded()
        var wrongDigits = 0, swaps = 0, missedDigits = 0, missedSwaps = 0
        for _ in 0..<500 {
            let number = Int.random(in: 800_000_000...999_999_999, using: &random)
            let digits = Array(String(number).utf8).map { Int($0) - 48 }
            let checkDigit = try #require(NIT(number: number)).checkDigit
            for place in digits.indices {
                for other in 0...9 where other != digits[place] {
                    var changed = digits
                    changed[place] = other
                    guard let nit = NIT(number: changed.reduce(0) { $0 * 10 + $1 }) else { continue }
                    wrongDigits += 1
                    missedDigits += nit.checkDigit == checkDigit ? 1 : 0
                }
                guard place > 0, digits[place] != digits[place - 1] else { continue }
                var changed = digits
                changed.swapAt(place, place - 1)
                guard let nit = NIT(number: changed.reduce(0) { $0 * 10 + $1 }) else { continue }
                swaps += 1
                missedSwaps += nit.checkDigit == checkDigit ? 1 : 0
            }
        }
        // Every change moves the remainder, but 1 and 10 share the digit 1: one change in 55 goes unseen.
        #expect(missedDigits * 40 < wrongDigits && missedSwaps * 30 < swaps, "seed \(random.seed)")
    }
}
