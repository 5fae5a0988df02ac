/// A list of candidates that stands as one (`plancha`, `lista`), or a person who stands alone.
public enum Slate {}
