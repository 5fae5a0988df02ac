public import Tenancy

extension Permission {
    /// To read bylaws, bodies, mandates, plans and minutes of an alliance.
    public static let readGovernance = Permission(
        "governance.records.read",
        roles: [
            .officeAdministrator, .office, .board, .member, .electionCommittee, .juror, .witness, .guarantor,
        ])
    /// To register a version of the bylaws.
    public static let adoptBylaws = Permission(
        "governance.bylaws.adopt", roles: [.officeAdministrator, .office, .board])
    /// To create bodies and their seats.
    public static let createBodies = Permission(
        "governance.bodies.create", roles: [.officeAdministrator, .office, .board])
    /// To record mandates, appointments and their end.
    public static let recordMandates = Permission(
        "governance.mandates.record", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To import source documents.
    public static let importSources = Permission(
        "governance.sources.import", roles: [.officeAdministrator, .office])
    /// To record how the alliance was constituted and registered.
    public static let recordConstitutions = Permission(
        "governance.constitutions.record", roles: [.officeAdministrator, .office, .board])
    /// To put meetings on the calendar, move them and record how they were called.
    public static let planMeetings = Permission(
        "governance.meetings.plan", roles: [.officeAdministrator, .office, .board])
    /// To record minutes.
    public static let recordMinutes = Permission(
        "governance.minutes.record", roles: [.officeAdministrator, .office, .board])
    /// To register the work plan of a year.
    public static let registerPlans = Permission(
        "governance.plans.register", roles: [.officeAdministrator, .office, .board])
    /// To add signed papers to what was recorded before.
    public static let attachPapers = Permission(
        "governance.papers.attach", roles: [.officeAdministrator, .office, .board])
    /// To move what the entity alone may move.
    public static let moveHearings = Permission(
        "governance.hearings.move", roles: [.officeAdministrator, .office])
    /// To take on commitments and record what became of them.
    public static let makeCommitments = Permission(
        "governance.commitments.make", roles: [.officeAdministrator, .office, .board])
    /// To follow plans and record reports that were given.
    public static let followPlans = Permission(
        "governance.plans.follow", roles: [.officeAdministrator, .office, .board])

    // MARK: Before the meeting

    /// To read the sheet of calls, with names and telephones, and to note what came of each.
    public static let callPeople = Permission(
        "governance.calls.make", roles: [.officeAdministrator, .office, .board])
    /// To grant or refuse what an alliance asks of its entity for a meeting, and to say that it came.
    public static let answerSupport = Permission(
        "governance.support.answer", roles: [.officeAdministrator, .office])
}

// MARK: - Sessions

extension Permission {
    /// To open and close sessions, treat points, write notes, record decisions and questions.
    public static let runSessions = Permission(
        "governance.sessions.run", roles: [.officeAdministrator, .office, .board])
    /// To note who came to a meeting and left, with their documents at hand.
    public static let recordAttendance = Permission(
        "governance.attendance.record", roles: [.officeAdministrator, .office, .board])
}

// MARK: Minutes

extension Permission {
    /// To read minutes: drafts by who writes them, circulated ones by who was there too, approved ones by members.
    public static let readMinutes = Permission(
        "governance.minutes.read", roles: [.officeAdministrator, .office, .board, .member])
    /// To write drafts, circulate them, answer observations and choose who signs.
    public static let writeMinutes = Permission(
        "governance.minutes.write", roles: [.officeAdministrator, .office, .board])
    /// To observe circulated minutes of a meeting that one was in.
    public static let observeMinutes = Permission(
        "governance.minutes.observe", roles: [.officeAdministrator, .office, .board, .member])
    /// To note that minutes were approved.
    public static let approveMinutes = Permission(
        "governance.minutes.approve", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To sign what one has to sign.
    public static let signMinutes = Permission(
        "governance.minutes.sign", roles: [.officeAdministrator, .office, .board, .member], isSensitive: true)
    /// To seal minutes that all have signed, and to correct sealed ones by a later decision.
    public static let sealMinutes = Permission(
        "governance.minutes.seal", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To publish sealed minutes to every citizen, or not; those of a meeting that the board had kept to itself, the board
    /// alone.
    public static let publishMinutes = Permission(
        "governance.minutes.publish", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To set the control header of the entity's documents.
    public static let setDocumentFormats = Permission(
        "governance.formats.set", roles: [.officeAdministrator, .office])
}

// MARK: - Complaints, improvements, custody

extension Permission {
    /// To read complaints and improvement opportunities, which name nobody.
    public static let readComplaints = Permission(
        "governance.complaints.read", roles: [.officeAdministrator, .office, .board])
    /// To file complaints: of others, whoever works with the alliance; their own, members.
    public static let fileComplaints = Permission(
        "governance.complaints.file", roles: [.officeAdministrator, .office, .board, .member])
    /// To see the complaints that one filed.
    public static let seeOwnComplaints = Permission("governance.complaints.own", roles: [.board, .member])
    /// To pass complaints on, record answers, check what was corrected.
    public static let followComplaints = Permission(
        "governance.complaints.follow", roles: [.officeAdministrator, .office, .board])
    /// To say whether what was complained of was corrected: the alliance itself, and never the entity that answered.
    public static let checkComplaints = Permission("governance.complaints.check", roles: [.board])
    /// To find out who complained, where they authorised it; each time is an event with its purpose.
    public static let openComplainants = Permission(
        "governance.complainants.open", roles: [.office, .board], isSensitive: true)
    /// To write and read what the board thinks of a complaint.
    public static let analyseComplaints = Permission("governance.complaints.analyse", roles: [.board])
    /// To confirm in how long complaints are answered.
    public static let confirmComplaintTerms = Permission(
        "governance.complaint_terms.confirm", roles: [.officeAdministrator, .office], isSensitive: true)
    /// To record improvement opportunities and what becomes of them.
    public static let followImprovements = Permission(
        "governance.improvements.follow", roles: [.officeAdministrator, .office, .board])
    /// To see the list of all documents of an alliance.
    public static let seeDocuments = Permission(
        "governance.documents.see", roles: [.officeAdministrator, .office, .board])
    /// To record what was handed over to be kept, and its receipt.
    public static let recordDeliveries = Permission(
        "governance.deliveries.record", roles: [.officeAdministrator, .office, .board])
    /// To decide what becomes of files whose term passed: the office and the board, together.
    public static let decideRetention = Permission(
        "governance.retention.decide", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To take away all that an alliance has here: its board alone.
    public static let exportAlliance = Permission(
        "governance.alliance.export", roles: [.board], isSensitive: true)
}

// MARK: - Life of an alliance

extension Permission {
    /// To prepare handovers between boards, check their list and bind what was signed on paper.
    public static let handOver = Permission(
        "governance.handovers.prepare", roles: [.officeAdministrator, .office, .board])
    /// To sign a handover that one delivers or receives.
    public static let signHandovers = Permission(
        "governance.handovers.sign", roles: [.officeAdministrator, .office, .board, .member],
        isSensitive: true)
    /// To record the call, the filings and the renewals of an alliance.
    public static let keepLife = Permission(
        "governance.life.keep", roles: [.officeAdministrator, .office, .board])
    /// To be told by mail of mandates and periods that end.
    public static let hearOfEnds = Permission(
        "governance.ends.hear", roles: [.officeAdministrator, .office, .board])
    /// To take in bulk what is known from paper of the time before the product, and to take it back.
    public static let importHistory = Permission(
        "governance.history.import", roles: [.officeAdministrator, .office, .board], isSensitive: true)
    /// To tell what representatives did in a body outside: sessions, proposals, decisions, reports.
    public static let tellService = Permission(
        "governance.service.tell", roles: [.officeAdministrator, .office, .board])
}

// MARK: - Plan, trainings and work groups

extension Permission {
    /// To see what one took part in, and have the certificates of it.
    public static let seeOwnAttendance = Permission(
        "governance.attendance.own", roles: [.board, .member])
    /// To propose topics of training.
    public static let proposeTopics = Permission(
        "governance.topics.propose", roles: [.officeAdministrator, .office, .board, .member])
    /// To answer, as the entity, the topics that were proposed.
    public static let answerTopics = Permission(
        "governance.topics.answer", roles: [.officeAdministrator, .office])
    /// To evaluate a training that one was in.
    public static let evaluateTrainings = Permission(
        "governance.trainings.evaluate", roles: [.board, .member])
    /// To charge work groups, say who is in them, and end them.
    public static let keepGroups = Permission(
        "governance.groups.keep", roles: [.officeAdministrator, .office, .board])
}

// MARK: - Between meetings

extension Permission {
    /// To read the orientations of an alliance and record those that others gave.
    public static let keepOrientations = Permission(
        "governance.orientations.keep", roles: [.officeAdministrator, .office, .board])
    /// To record orientations that one gave, and what was done for them later.
    public static let recordOrientations = Permission(
        "governance.orientations.record", roles: [.officeAdministrator, .office, .board, .member])
    /// To read the campaigns and bulletins of an alliance.
    public static let readCampaigns = Permission(
        "governance.campaigns.read", roles: [.officeAdministrator, .office, .board, .member])
    /// To prepare campaigns, write their pieces and record what was sent.
    public static let runCampaigns = Permission(
        "governance.campaigns.run", roles: [.officeAdministrator, .office, .board])
    /// To read the letters of an alliance.
    public static let readLetters = Permission(
        "governance.letters.read", roles: [.officeAdministrator, .office, .board])
    /// To draft letters, and record what came in and what was answered.
    public static let keepLetters = Permission(
        "governance.letters.keep", roles: [.officeAdministrator, .office, .board])
    /// To give a letter its number in the name of the alliance: the board speaks for it, and not the entity.
    public static let issueLetters = Permission("governance.letters.issue", roles: [.board])
    /// To confirm in how long letters are answered: what is late by it is told to people.
    public static let confirmLetterTerms = Permission(
        "governance.letter_terms.confirm", roles: [.officeAdministrator, .office], isSensitive: true)
    /// To put public statements on the citizen's page: the board speaks for the alliance, and not the entity.
    public static let publishStatements = Permission("governance.statements.publish", roles: [.board])
}

// MARK: - Oversight

extension Permission {
    /// To read the oversight exercises of an alliance.
    public static let seeOversight = Permission(
        "governance.oversight.see", roles: [.officeAdministrator, .office, .board])
    /// To open exercises, say who is in them, record visits and findings.
    public static let keepOversight = Permission(
        "governance.oversight.keep", roles: [.officeAdministrator, .office, .board])
    /// To say what an exercise comes to, and that a visit does not count: the alliance itself, and never the entity that is
    /// watched.
    public static let concludeOversight = Permission("governance.oversight.conclude", roles: [.board])
    /// To say whether a reply is accepted and whether what was found was corrected: the alliance itself, and never the
    /// entity that is watched.
    public static let judgeFindings = Permission("governance.findings.judge", roles: [.board])
}

// MARK: - Confidentiality

extension Permission {
    /// To see what was handed over under confidentiality, without its content, who undertook it, and who read it.
    public static let seeConfidential = Permission(
        "governance.confidential.see", roles: [.officeAdministrator, .office, .board])
    /// To hand something over under confidentiality, publish the words that are signed, and end it.
    public static let giveConfidential = Permission(
        "governance.confidential.give", roles: [.officeAdministrator, .office])
    /// To sign the undertaking for oneself.
    public static let undertakeConfidentiality = Permission(
        "governance.confidentiality.undertake", roles: [.board], isSensitive: true)
    /// To say that an undertaking holds no longer.
    public static let withdrawUndertakings = Permission(
        "governance.undertakings.withdraw", roles: [.officeAdministrator, .office, .board])
    /// To read what was handed over, by whoever of the board undertook it.
    public static let readConfidential = Permission(
        "governance.confidential.read", roles: [.board], isSensitive: true)
}

// MARK: - Needs and polls

extension Permission {
    /// To record needs that users tell of, and what becomes of them.
    public static let keepNeeds = Permission(
        "governance.needs.keep", roles: [.officeAdministrator, .office, .board])
    /// To ask a poll, count its paper, close it and read what came of it.
    public static let keepPolls = Permission(
        "governance.polls.keep", roles: [.officeAdministrator, .office, .board])
    /// To answer a poll from one's account.
    public static let answerPolls = Permission("governance.polls.answer", roles: [.board, .member])
}
