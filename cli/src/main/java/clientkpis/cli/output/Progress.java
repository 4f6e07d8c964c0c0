package clientkpis.cli.output;

import clientkpis.cli.cloud.Replay;
import clientkpis.cli.words.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows the progress of a replay: a bar on a terminal, elsewhere a plain line now and then.
public final class Progress implements Replay.Listener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(2).toNanos();
    private static final int COLUMNS = 80;

    private final PrintStream to;
    private final Words words;
    private final @Nullable ProgressBar bar;
    private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;

    public Progress(PrintStream to, boolean terminal, int days, Words words) {
        this.to = to;
        this.words = words;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(words.say("progress.replaying"))
                        .setInitialMax(days)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" " + words.say("progress.days").strip(), 1)
                        .setConsumer(new ConsoleProgressBarConsumer(to, COLUMNS))
                        .build()
                : null;
    }

    @Override
    public void day(LocalDate day, int done, int of) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(" " + day);
        } else if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            to.println(words.say("progress.line", day, done + 1, of));
        }
    }

    /// Fills the bar.
    public void finished() {
        if (bar != null) {
            bar.stepTo(bar.getMax());
            bar.setExtraMessage("");
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
