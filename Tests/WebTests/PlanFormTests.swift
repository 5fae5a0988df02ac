import Foundation
import Governance
import Testing

@testable import Web

@Suite struct PlanFormTests {
    @Test(arguments: [1, 40, 41, 60])
    func `a plan of any length comes out of its form as it went in`(count: Int) throws {
        let drafts = try (0..<count).map { number in
            try ActivityDraft(
                axis: number.isMultiple(of: 2) ? PolicyAxis.allCases[0] : PolicyAxis.allCases[1],
                activity: "Actividad \(number); con punto y coma",
                scheduledFor: number % 3 == 0 ? nil : "Marzo",
                responsible: number % 5 == 0 ? nil : "Junta")
        }
        let plan = try WorkPlan(year: 2026, title: "Plan 2026", objective: "Participar.", drafts: drafts)
        let form = PlanForm().filling(FormState(), with: plan, year: 2026)
        let read = try PlanForm().read(Submission(entries: form.entries, key: UUID()), year: 2026)
        #expect(read.axes == plan.axes)
    }
}
