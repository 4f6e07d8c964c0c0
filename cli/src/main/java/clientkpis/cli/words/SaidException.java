package clientkpis.cli.words;

import clientkpis.receipt.Sentence;

/// The command cannot go on. The message says why, and what to do.
public class SaidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Sentence sentence;

    public SaidException(Sentence sentence) {
        super(sentence.toString());
        this.sentence = sentence;
    }

    public String in(Words words) {
        return words.say(sentence);
    }
}
