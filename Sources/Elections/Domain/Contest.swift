/// What is elected: one body or group of posts, with its seats, rule and way of voting.
public enum Contest {}
