import Kernel
import Tenancy

/// A file of `sql/data/sources`, as it is written.
struct SourceFile: Decodable {
    let code: String
    let kind: SourceDocument.Kind
    let title: String
    let publisher: String
    let controlHeaders: [ControlHeader]?
    let passages: [SourceDocument.Passage]?
    let plan: Plan?
    let meetings: [PlannedMeeting]?
    let minutes: [RecordedMinutes]?
    let agendas: [Agenda]?

    /// Code, version and validity of a document under quality control.
    struct ControlHeader: Decodable, Equatable {
        let code: String
        let version: String?
        let validity: String

        var written: String {
            "\(code)\(version.map { ", versión \($0)" } ?? ""), vigencia \(validity)"
        }
    }

    struct Agenda: Decodable {
        let title: String
        let items: [String]
        let everyMonths: Int?
        let noticeDays: Int?
    }

    struct Plan: Decodable {
        let year: Int
        let title: String
        let objective: String
        let principles: [String]
        let signedBy: [String]
        let axes: [Axis]
        let topics: Topics?

        struct Axis: Decodable {
            let number: Int
            let title: String
            let line: String
            let activities: [Activity]
        }

        struct Activity: Decodable {
            let number: String
            let activity: String
            let means: String?
            let scheduledFor: String?
            let indicator: String?
            let responsible: String?
            let baseline: String?
        }

        struct Topics: Decodable {
            let users: [String]?
            let members: [String]?
        }

        func read() throws(SourceError) -> WorkPlan {
            var read: [WorkPlan.Axis] = []
            for axis in axes {
                guard let policy = PolicyAxis(rawValue: axis.number) else {
                    throw .wrongValue("number", at: axis.title, expected: "un número entre 1 y 5")
                }
                var activities: [WorkPlan.Activity] = []
                for activity in axis.activities { activities.append(try activity.read(in: policy)) }
                read.append(
                    WorkPlan.Axis(
                        number: axis.number, title: axis.title, line: axis.line,
                        activities: activities))
            }
            return WorkPlan(
                year: year, title: title, objective: objective, principles: principles, signedBy: signedBy,
                axes: read, topics: [.users: topics?.users ?? [], .members: topics?.members ?? []])
        }
    }

    struct PlannedMeeting: Decodable {
        let place: String
        let date: String
        let hours: String?
        let kind: Meeting.Kind
        let title: String
        let participants: [String]?
        let mode: Meeting.Mode
        let meetingPlace: String?
        let restriction: String?
        let moved: Moved?
        let ownAccountability: Bool?

        /// Who alone may move a meeting, and who is told before.
        struct Moved: Decodable {
            let byEntityOnly: Bool?
            let noticeTo: String?
        }

        func read() throws(SourceError) -> (Meeting, [SourceWarning]) {
            let id = ID<Meeting>()
            guard let date = WrittenDate(date) else { throw .unknownDate(self.date, at: place) }
            var hours: WrittenHours?
            if let text = self.hours {
                hours = WrittenHours(text)
                guard hours != nil else { throw .unknownHours(text, at: place) }
            }
            let warnings = [
                SourceWarning.about(date, written: self.date, at: place, of: id),
                hours.flatMap { .about($0, written: self.hours ?? "", at: place, of: id) },
            ]
            let meeting: Meeting
            do {
                meeting = try Meeting(
                    id: id, kind: kind, title: title, day: date.date, startsAt: hours?.starts,
                    endsAt: hours?.ends, mode: mode, place: meetingPlace, participants: participants ?? [],
                    restriction: restriction,
                    moveRule: MoveRule(
                        isEntityOnly: moved?.byEntityOnly ?? false, authority: moved?.noticeTo),
                    asWritten: [self.date, self.hours].compactMap(\.self).joined(separator: ", "),
                    isPublic: kind == .publicHearing, isOwnAccountability: ownAccountability ?? false)
            } catch {
                throw .badMeeting(error.message, at: place)
            }
            return (meeting, warnings.compactMap(\.self))
        }
    }

    struct RecordedMinutes: Decodable {
        let place: String
        let date: String
        let starts: String?
        let ends: String?
        let days: String?
        let kind: Meeting.Kind
        let title: String
        let mode: Meeting.Mode
        let meetingPlace: String?
        let number: String?
        let municipality: String?
        let activity: String?
        let facilitator: String?
        let company: String?
        let audience: String?
        let narrative: [String]
        let followUp: [String]?
        let attachments: [String]?
        let counts: [Minutes.Count]?
        let decisions: [Minutes.Decision]?
        let commitments: [Minutes.Commitment]?

        func read() throws(SourceError) -> (Meeting, Minutes, [SourceWarning]) {
            let id = ID<Meeting>()
            guard let date = WrittenDate(date) else { throw .unknownDate(self.date, at: place) }
            var warnings = [SourceWarning.about(date, written: self.date, at: place, of: id)]
            var hours: WrittenHours?
            let writtenHours = starts.flatMap { starts in ends.map { "\(starts) a \($0)" } }
            if let half = starts ?? ends, writtenHours == nil { throw .unknownHours(half, at: place) }
            if let starts, let ends {
                hours = WrittenHours(from: starts, to: ends)
                guard let hours else { throw .unknownHours("\(starts) a \(ends)", at: place) }
                warnings.append(.about(hours, written: "\(starts) a \(ends)", at: place, of: id))
            }
            var days: WrittenDays?
            if let text = self.days {
                days = WrittenDays(text)
                guard let days else { throw .unknownDate(text, at: place) }
                warnings.append(
                    .about(
                        days, dated: date.date, written: "Fecha: \(self.date) / durante los días \(text)",
                        at: place, of: id))
            }
            let meeting: Meeting
            do {
                meeting = try Meeting(
                    id: id, kind: kind, title: title, state: .held, day: date.date, startsAt: hours?.starts,
                    endsAt: hours?.ends, mode: mode, place: meetingPlace,
                    asWritten: [self.date, writtenHours].compactMap(\.self).joined(separator: ", "))
            } catch {
                throw .badMeeting(error.message, at: place)
            }
            let range = days.flatMap { days in
                days.days.first.flatMap { first in days.days.last.map { first...$0 } }
            }
            let minutes = Minutes(
                meeting: id, number: number, datedOn: date.date, days: range, municipality: municipality,
                activity: activity, facilitator: facilitator, company: company, audience: audience,
                narrative: narrative, followUp: followUp ?? [], attachments: attachments ?? [],
                counts: counts ?? [], decisions: decisions ?? [], commitments: commitments ?? [])
            return (meeting, minutes, warnings.compactMap(\.self))
        }
    }
}

extension SourceFile.Plan.Activity {
    fileprivate func read(in axis: PolicyAxis) throws(SourceError) -> WorkPlan.Activity {
        do {
            return WorkPlan.Activity(
                number: number,
                terms: try ActivityTerms(
                    axis: axis, activity: activity, means: means, scheduledFor: scheduledFor,
                    indicator: indicator, baseline: baseline, responsible: responsible))
        } catch {
            throw .missing("activity", at: number)
        }
    }
}
