package clientkpis.cli.input;

import clientkpis.cli.words.SaidException;
import clientkpis.receipt.Sentence;

/// The command cannot do what it was asked to. The message says what is wrong, where, and what to do.
public final class UsageException extends SaidException {
    private static final long serialVersionUID = 1;

    public UsageException(Sentence sentence) {
        super(sentence);
    }
}
