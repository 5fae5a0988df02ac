// What identifiers identify. A kind that has values of its own (``Organization``, ``Alliance``, ``User``)
// is declared with them; these are known here by their identifier alone.

/// A natural person as one tenant knows them: the affiliate's row in the register of Membership.
public enum Person {}

/// An electoral process, which Elections owns.
public enum ElectoralProcess {}

/// A seat's holding for a period, which Governance owns; a grant that comes from one ends with it.
public enum Mandate {}
