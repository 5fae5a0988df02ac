public import Kernel

/// Whether days are fit for a meeting: what whoever moves it there reads before it is moved. Nothing of it forbids a day:
/// assemblies are held on Sundays, and agreements shorten a notice.
public struct MeetingDayCheck: Sendable, Hashable {
    /// The days.
    public let days: ClosedRange<CalendarDate>
    /// Whether there is time enough to call it, were it called today; `nil` for a day that is over.
    public let notice: NoticeCheck?

    /// Looks at days as of today.
    public init(
        _ days: ClosedRange<CalendarDate>, within requirement: NoticeRequirement?, on today: CalendarDate
    ) {
        self.days = days
        notice =
            days.lowerBound < today
            ? nil : NoticeCheck(requirement, calledOn: today, for: days.lowerBound)
    }

    /// What asks for care, in sentences; none where the days are fit.
    public var warnings: [String] {
        var warnings = days.compactMap(Self.rest)
        if let notice {
            if !notice.isMet {
                let requirement = notice.requirement.map { "; se piden \($0.words) (\($0.source))" } ?? ""
                let given = NoticeRequirement.words(
                    notice.given, areBusinessDays: notice.requirement?.areBusinessDays ?? false)
                warnings.append("Para convocarla quedan \(given)\(requirement).")
            }
        } else {
            warnings.append("El \(SpanishFormat.longDate(days.lowerBound)) ya pasó.")
        }
        return warnings
    }

    /// Why a day is one of rest; `nil` for others.
    private static func rest(_ day: CalendarDate) -> String? {
        if let holiday = (try? HolidayCalendar.holidays(on: day))?.first {
            return "El \(SpanishFormat.longDate(day)) es festivo: \(holiday.name)."
        }
        guard day.weekday == .saturday || day.weekday == .sunday else { return nil }
        return "El \(SpanishFormat.longDate(day)) es fin de semana."
    }
}
