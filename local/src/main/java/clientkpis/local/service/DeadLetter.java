package clientkpis.local.service;

/// Work that was given up: a message in a dead-letter queue, or one that no dead-letter queue was there for.
///
/// @param where the queue's logical id, or what lost it (`rule X`, `function Y`)
/// @param reason why, as far as it is known
/// @param body the message or event
public record DeadLetter(String where, String reason, String body) {}
