/// A voting table (`mesa`): a place with jurors and a slice of the roll.
public enum VotingTable {}
