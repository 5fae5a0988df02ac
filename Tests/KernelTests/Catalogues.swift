import Foundation
import Kernel

/// The catalogue files of the repository.
enum Catalogues {
    static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "sql/data/\(name)"), encoding: .utf8)
    }

    static func divipola() throws -> Divipola {
        try Divipola(csv: text("divipola.csv"), retired: text("divipola_retired.csv"))
    }
}
