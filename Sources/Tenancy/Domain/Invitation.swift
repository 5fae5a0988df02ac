public import Foundation
public import Kernel

/// What a new user is handed to set a password with: a code that works once, for a time.
public struct Invitation: Sendable, Hashable, Identifiable {
    /// Why somebody is invited.
    public enum Purpose: String, Sendable, Hashable {
        /// A new user.
        case welcome
        /// A user who lost the password or the second factor.
        case reset
    }

    /// Identifies the invitation.
    public let id: Kernel.ID<Invitation>
    /// The user who is invited.
    public let user: Kernel.ID<User>
    /// The code, four groups of five. It is shown once and stored as its SHA-256.
    public let code: String
    /// When it stops working.
    public let expiresAt: Date
    /// How it reaches its user.
    public let handover: Handover

    /// How the link of an invitation reaches its user.
    public enum Handover: Sendable, Hashable {
        /// By mail alone: the entity that invites does not see it.
        case mail
        /// Whoever invites sees it once, and hands it over; where mail is sent, it goes by mail, too.
        case shown
        /// The administration of the entity sees the link of somebody who decides in an election or looks in from
        /// outside, since no mail reaches them. The election is told.
        case shownAndTold
    }
}

/// What the holder of an invitation sees before using it.
public struct InvitationPreview: Sendable, Hashable {
    /// The tenant that invites.
    public let organization: Organization
    /// The user who is invited.
    public let user: User
    /// Why.
    public let purpose: Invitation.Purpose
    /// Until when it works.
    public let expiresAt: Date
}
