import Foundation
import Testing

@testable import Governance

@Suite struct QuorumTests {
    private static let half = Quorum.Share(1, of: 2)
    private static let third = Quorum.Share(1, of: 3)

    private func minutes(_ minutes: Int) -> Date {
        Date(timeIntervalSince1970: 1_800_000_000 + Double(60 * minutes))
    }

    private func quorum() throws -> Quorum {
        try Quorum(
            first: .moreThan(#require(Self.half)),
            second: .init(waitMinutes: 60, requirement: .atLeast(#require(Quorum.Share(1, of: 10)))))
    }

    // MARK: - How many

    @Test(arguments: [
        (0, 1), (1, 1), (2, 2), (3, 2), (9, 5), (10, 6), (99, 50), (100, 51), (Int.max, Int.max / 2 + 1),
    ])
    func `half plus one is the first whole number above the half`(base: Int, required: Int) throws {
        #expect(Quorum.Requirement.moreThan(try #require(Self.half)).people(of: base) == required)
    }

    @Test(arguments: [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)])
    func `a share is rounded up to whole people`(base: Int, required: Int) throws {
        #expect(Quorum.Requirement.atLeast(try #require(Self.third)).people(of: base) == required)
    }

    @Test func `shares are exact on every roll`() throws {
        for base in 0...400 {
            for denominator in 1...12 {
                for numerator in 0...denominator {
                    let share = try #require(Quorum.Share(numerator, of: denominator))
                    let least = (0...).first { $0 * denominator >= numerator * base }
                    let above = (0...).first { $0 * denominator > numerator * base }
                    #expect(Quorum.Requirement.atLeast(share).people(of: base) == max(1, try #require(least)))
                    #expect(Quorum.Requirement.moreThan(share).people(of: base) == above)
                }
            }
        }
    }

    @Test func `a number of people is not lowered to the roll, and any number is at least one`() {
        #expect(Quorum.Requirement.people(20).people(of: 15) == 20)
        #expect(Quorum.Requirement.people(0).people(of: 15) == 1)
        #expect(Quorum.Requirement.any.people(of: 15) == 1)
        let check = Quorum(first: .people(20)).check(
            base: 15, present: 15, calledFor: minutes(0), now: minutes(0))
        #expect(!check.isMet && !check.isAttainable && check.missing == 5)
    }

    @Test(arguments: [(-1, 2), (3, 2), (1, 0), (0, -1), (1, 1_000_001)])
    func `what is no share of a roll is none`(numerator: Int, denominator: Int) {
        #expect(Quorum.Share(numerator, of: denominator) == nil)
    }

    // MARK: - When

    @Test(arguments: [
        // minutes after the hour, present, call, required, met
        (-1, 44, Quorum.Call.first, 23, false),
        (0, 22, .first, 23, false),
        (0, 23, .first, 23, true),
        (59, 22, .first, 23, false),
        (60, 22, .second, 5, true),
        (60, 4, .second, 5, false),
        (600, 5, .second, 5, true),
    ])
    func `the first call asks until the wait is over, then the second`(
        minute: Int, present: Int, call: Quorum.Call, required: Int, isMet: Bool
    ) throws {
        let check = try quorum().check(
            base: 44, present: present, calledFor: minutes(0), now: minutes(minute))
        #expect(check.call == call && check.required == required && check.isMet == isMet)
        #expect(check.secondCallAt == (call == .first ? minutes(60) : nil))
        #expect(check.missing == max(0, required - present))
    }

    @Test func `a session keeps the requirement of the call in which it opened`() throws {
        let opened = try quorum().check(
            base: 44, present: 10, calledFor: minutes(0), now: minutes(90), openedIn: .first)
        #expect(opened.call == .first && !opened.isMet && opened.secondCallAt == nil)
        let second = try quorum().check(
            base: 44, present: 10, calledFor: minutes(0), now: minutes(90), openedIn: .second)
        #expect(second.isMet)
    }

    @Test func `without a second call the first one's requirement stays`() throws {
        let only = Quorum(first: .moreThan(try #require(Self.half)))
        let check = only.check(base: 10, present: 5, calledFor: minutes(0), now: minutes(1000))
        #expect(check.call == .first && check.required == 6 && check.secondCallAt == nil)
    }

    // MARK: - In words

    @Test func `the sentence says rule, roll, presence and verdict`() throws {
        let first = try quorum().check(base: 44, present: 22, calledFor: minutes(0), now: minutes(1))
        #expect(
            first.sentence == """
                No hay quórum: hacen falta 23 personas y hay 22 presentes, falta 1. Primera convocatoria, con la \
                mitad más uno de 44 personas habilitadas
                """)
        let second = try quorum().check(base: 44, present: 7, calledFor: minutes(0), now: minutes(61))
        #expect(
            second.sentence == """
                Hay quórum: bastan 5 personas y hay 7 presentes. Segunda convocatoria, con al menos 10 % de 44 \
                personas habilitadas
                """)
        let early = try quorum().check(base: 44, present: 44, calledFor: minutes(0), now: minutes(-1))
        #expect(early.sentence.hasPrefix("Todavía no es la hora de la convocatoria"))
    }
}
