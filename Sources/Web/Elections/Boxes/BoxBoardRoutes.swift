import Elections
import Foundation
import Hummingbird
import Kernel
import Postgres
import Reporting
import Tenancy

/// The public board of a box and its archive.
struct BoxBoardRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.boxBoard) { context, tenant, slug, process, box in
            let door = try await context.boothDoor(box, of: process, slug, tenant)
            let query = ListQuery<NoSort>(context.visit)
            let found = try await query.found { limit, offset in
                let ballots = try await context.published { transaction in
                    try await transaction.boardBallots(
                        of: door.board, limit: limit, offset: offset, in: door.organization)
                }
                return (ballots, door.board.ballots)
            }
            let notices = try await context.published {
                try await $0.rollNotices(of: door.alliance.id, in: door.organization)
            }
            // An empty field is an answer that is told, too; an address without the field asks nothing.
            let words = context.visit.query.first { $0.name == "seguimiento" }?.value
            return BoxBoardPage(
                door: door,
                rollSeal: notices.first { $0.process == process && $0.phase == .frozen }?.sha256.map(
                    Hex.encode),
                code: context.visit.site.assets.voting, offline: try await context.offlineBooth(of: door),
                results: try await context.published {
                    try await $0.boardResults(of: door.board, in: door.organization)
                },
                isOrderDrawn: try await context.published {
                    try await $0.publishedSlates(
                        of: process, of: door.alliance.id, in: door.organization)
                }.contains { $0.draw != nil },
                history: try await context.visit.site.entrance.history(
                    of: door.board.id, in: door.organization),
                query: query, found: found, words: words ?? "",
                answer: try await answer(to: words, door, context), now: context.visit.now)
        }
        everybody.get(Path.boardArchive) { context, tenant, slug, process, box, name in
            let door = try await context.boothDoor(box, of: process, slug, tenant)
            guard name.uuid == door.board.uuid, name.archive <= door.board.archive else { throw NoSuchPage() }
            return ArchiveDownload(name: name, door: door, context: context)
        }
    }

    private func answer(
        to text: String?, _ door: BoothDoor, _ context: PublicContext
    ) async throws -> BoxBoardPage.TrackerAnswer? {
        guard let text else { return nil }
        let count = text.count { !$0.isWhitespace }
        guard count == HashDigest.trackerLength else { return .incomplete(count) }
        guard let tracker = HashDigest(tracker: text) else { return .missing }
        let ballot = try await context.published { transaction in
            try await transaction.boardBallot(tracker, of: door.board, in: door.organization)
        }
        return ballot.map { .found($0) } ?? .missing
    }
}

/// The archive of a box, sent while it is read: a piece is in memory at a time, and no connection is held.
struct ArchiveDownload: Answer {
    let name: ArchiveName
    let door: BoothDoor
    let context: PublicContext

    func response(to visit: Visit) async throws -> Response {
        Response(
            status: .ok, headers: .download(name.pathText, mediaType: "application/octet-stream"),
            body: ResponseBody { writer in
                try await BoxArchive.write { position, limit in
                    try await context.published { transaction in
                        try await transaction.archiveRecords(
                            of: door.board.id, archive: name.archive, from: position, limit: limit,
                            in: door.organization)
                    }
                } to: {
                    try await writer.write(ByteBuffer(bytes: $0))
                }
                try await writer.finish(nil)
            })
    }
}
