import Kernel
import Testing

@testable import Web

@Suite struct DocumentListTests {
    @Test func `each line is read by itself, a number alone as a cédula, and all bad lines are told at once`()
    {
        let list = DocumentList(
            """
            1066555123
            CC 81.000.001

            ti 1066555124
            81 000 002
            abc
            12
            CC 1x
            """)
        #expect(
            list.documents.map(\.description) == [
                "CC 1066555123", "CC 81000001", "TI 1066555124", "CC 81000002",
            ])
        #expect(list.unreadable == ["abc", "12", "CC 1x"])
        #expect(list.problems.map(\.field) == ["documents", "documents", "documents"])
        #expect(
            list.problems[0].message.hasPrefix("Línea 6, «abc»: Escriba un documento: CC 12345678."))
        #expect(throws: InvalidInput.self) { try list.whole() }
    }
}
