package clientkpis.cli.input;

import clientkpis.cli.words.Words;
import clientkpis.tables.Sentence;
import org.jspecify.annotations.Nullable;

/// The command cannot do what it was asked to. The message says what is wrong, where, and what to do.
public final class UsageException extends RuntimeException {
    private final transient @Nullable Sentence sentence;

    /// Of a command for engineers, in English.
    public UsageException(String message) {
        super(message);
        sentence = null;
    }

    public UsageException(Sentence sentence) {
        super(sentence.toString());
        this.sentence = sentence;
    }

    public String in(Words words) {
        return sentence == null ? String.valueOf(getMessage()) : words.say(sentence);
    }
}
