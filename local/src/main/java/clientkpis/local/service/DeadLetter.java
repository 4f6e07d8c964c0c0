package clientkpis.local.service;

/// Work that was given up: a message in a dead-letter queue, or one that has no dead-letter queue.
///
/// @param where the queue's logical id, or what lost it (`rule X`, `function Y`)
/// @param reason why, if known
/// @param body the message or event
public record DeadLetter(String where, String reason, String body) {}
