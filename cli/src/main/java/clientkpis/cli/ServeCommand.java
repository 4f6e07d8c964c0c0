package clientkpis.cli;

import clientkpis.cli.cloud.FullHours;
import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.cloud.Ports;
import clientkpis.cli.input.Inbox;
import clientkpis.cli.input.UsageException;
import clientkpis.cli.output.Notice;
import clientkpis.cli.output.Results;
import clientkpis.cli.output.State;
import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Language;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.Subscription;
import clientkpis.local.service.DeadLetter;
import clientkpis.store.TenantStore;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/// `kpis serve`: keeps the local cloud running.
///
/// One class, because it is one program: what is started, what goes on, and what its end waits for.
@Command(
        name = "serve",
        description = {
            "Keeps the suite running on this machine, at fixed ports, for any AWS SDK or the AWS CLI.",
            "",
            "It prints the environment variables that lead AWS SDKs and the AWS CLI here, uploads the files that are"
                + " put into the inbox, prints the events to stdout as they are published, one JSON object per line,"
                + " and recalculates as deployed: every full hour starts the recalculations that are due. Press Enter"
                + " to start them at once.",
            "",
            "Exports are named after their tables as for `kpis run`: INBOX/TENANT/contracts.csv,"
                    + " INBOX/TENANT/uso/any.csv, INBOX/TENANT/configuration.json, INBOX/TENANT/erasures/list.csv. A"
                    + " file is uploaded once it has not changed for a second, and again whenever it has changed. It"
                    + " stays in the inbox, so the next start uploads it again, unless it goes on from --state.",
            "",
            "Everything is in memory; --state keeps it. Ctrl-C stops it.",
            ""
        },
        exitCodeList = {
            "2:wrong usage, such as a port that is in use",
            "3:it failed; the log says why",
            "130, 143:it was stopped by Ctrl-C or SIGTERM"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(250);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The first of " + LocalCloud.PORTS
                    + " consecutive ports; 0: any free ones. Default: ${DEFAULT-VALUE}.")
    private int port = 4571;

    @Option(
            names = "--inbox",
            paramLabel = "INBOX",
            description = "The folder to put exports into; it is created if necessary. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("inbox");

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "The tenant of all exports in the inbox. Default: each tenant has a folder there.")
    private @Nullable String tenant;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = {
                "A folder to go on from: what it has is loaded, and it is written when this is stopped. It is made by"
                        + " the first start that names it.",
                "Files of the inbox that it has are not uploaded again until they change."
            })
    private @Nullable Path kept;

    private @Nullable State state;
    private final Set<DeadLetter> known = new HashSet<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;
    private Words words = new Words(Language.ENGLISH);

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        words = Kpis.words(spec);
        if (tenant != null) {
            Kpis.checkTenant(tenant);
        }
        Ports.check(port);
        makeInbox();
        state = kept == null ? null : State.open("serve", kept, folder);
        Path log = Files.createTempFile("kpis-", ".log");
        LocalCloud cloud;
        try {
            cloud = LocalSuite.start(
                    Kpis.root(),
                    log,
                    Options.defaults().withPort(port).withSaved(state == null ? null : state.cloud()));
        } catch (RuntimeException e) {
            closeState();
            throw failed(e, log);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud, log, err)));
        try {
            Subscription subscription = cloud.subscribe(cloud.bus("Events"));
            tellState(cloud, err);
            greet(cloud, log, err);
            Inbox inbox = inbox(cloud, err);
            Thread watching = start("inbox", () -> watch(inbox, err));
            start("stdin", () -> recalculateOnEnter(cloud));
            serve(cloud, subscription, err);
            if (state != null) {
                watching.join();
                cloud.settle(LocalSuite.AT_MOST);
                tell(cloud, subscription, err);
                state.write(Map.of(), inbox.uploaded(), cloud::save, rest -> {});
                err.println(words.say("serve.saved", String.valueOf(kept)));
            }
        } catch (IOException | RuntimeException | Error e) {
            if (state != null) {
                err.println(words.say("serve.not_saved", String.valueOf(kept), Failure.message(e, words)));
            }
            // Errors too: the JVM would exit with 1, which has no meaning here.
            if (!stopping.get()) {
                failed = true;
                throw failed(e, log);
            }
        } finally {
            ended.countDown();
        }
        // A signal is ending the JVM, and decides its exit code.
        Thread.sleep(Long.MAX_VALUE);
        return Kpis.FAILED;
    }

    private IllegalStateException failed(Throwable failure, Path log) {
        return new IllegalStateException(words.say("serve.failed", Failure.message(failure, words), log), failure);
    }

    private void makeInbox() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException(Words.of("serve.bad_inbox", folder));
        }
    }

    private void tellState(LocalCloud cloud, PrintWriter err) {
        if (kept == null) {
            return;
        }
        Collection<TenantStore.State> tenants = LocalSuite.tenants(cloud);
        if (tenants.isEmpty()) {
            err.println(words.say("serve.found_nothing", kept));
        }
        for (TenantStore.State one : tenants) {
            String name = one.tenant().name();
            LocalDate day = one.lastRecalculation();
            err.println(
                    day == null
                            ? words.say("serve.found_new", name)
                            : words.say("serve.found", name, words.count(one.clients(), "count.client"), day));
        }
    }

    /// Prints a block that a shell can read as it is.
    private void greet(LocalCloud cloud, Path log, PrintWriter err) {
        Map<String, String> environment = new TreeMap<>(cloud.environment());
        environment.put("DATA_BUCKET", cloud.bucket("Data"));
        environment.put("EVENT_BUS_NAME", cloud.bus("Events"));
        environment.put("CLIENTS_TABLE", cloud.table("Clients"));
        environment.put("RECORDS_TABLE", cloud.table("Records"));
        environment.put("TENANTS_TABLE", cloud.table("Tenants"));
        environment.put("RUNS_TABLE", cloud.table("Runs"));
        environment.put("SITUATION_CHANGES_TABLE", cloud.table("SituationChanges"));
        environment.put("DAILY_FUNCTION", cloud.function("dailyFunction"));
        String below = tenant == null ? "TENANT/" : "";
        String whose = tenant == null ? "TENANT" : tenant;
        err.printf("%s%n%n", words.say("serve.running"));
        environment.forEach((name, value) -> err.printf("export %s=%s%n", name, value));
        String then = kept == null ? words.say("serve.in_memory") : words.say("serve.is_kept", kept);
        err.printf("%n%s%n%n", words.say("serve.hints", folder.resolve(below + "contracts.csv"), whose, log, then));
        err.flush();
    }

    private static Thread start(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /// What happens without a user: events are printed, and every full hour fires the schedules.
    private void serve(LocalCloud cloud, Subscription subscription, PrintWriter err) throws InterruptedException {
        FullHours hours = new FullHours(Instant.now());
        while (!stopping.get()) {
            tell(cloud, subscription, err);
            hours.due(Instant.now()).ifPresent(cloud::tick);
            if (asked.getAndSet(false)) {
                cloud.tick(Instant.now());
                err.println(words.say("serve.recalculating"));
            }
            // Nothing reads the recorded requests here; they would grow without end.
            cloud.requests().reset();
            Thread.sleep(PAUSE);
        }
    }

    private void tell(LocalCloud cloud, Subscription subscription, PrintWriter err) throws InterruptedException {
        print(subscription, err);
        for (DeadLetter letter : cloud.deadLetters()) {
            if (known.add(letter)) {
                err.println(words.say("serve.given_up", letter.where(), letter.reason()));
            }
        }
    }

    private void print(Subscription subscription, PrintWriter err) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        for (String event : subscription.drain()) {
            out.println(event);
            String notice = notice(event);
            if (notice != null) {
                err.println(notice);
            }
        }
    }

    private @Nullable String notice(String event) {
        try {
            return new Notice(words).of(Results.JSON.readTree(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Inbox inbox(LocalCloud cloud, PrintWriter err) {
        S3Client s3 = S3Client.create();
        String bucket = cloud.bucket("Data");
        return new Inbox(
                folder,
                tenant,
                state == null ? Map.of() : state.files(),
                Tables.load(),
                new Inbox.Uploads() {
                    @Override
                    public void upload(String key, Path file) {
                        s3.putObject(put -> put.bucket(bucket).key(key), file);
                    }

                    @Override
                    public void settle() throws InterruptedException {
                        cloud.settle(LocalSuite.AT_MOST);
                    }
                },
                line -> err.println(Terminal.safe(words.say(line))),
                InstantSource.system());
    }

    private void watch(Inbox inbox, PrintWriter err) {
        String problem = "";
        try {
            while (!stopping.get()) {
                try {
                    inbox.look();
                    problem = "";
                } catch (IOException | RuntimeException e) {
                    // A file or the folder was deleted while it was read. Printed once, not twice a second.
                    if (!stopping.get() && !problem.equals(String.valueOf(e))) {
                        problem = String.valueOf(e);
                        err.println(Terminal.safe(words.say("serve.inbox_unreadable", Failure.message(e, words))));
                    }
                }
                Thread.sleep(PAUSE.multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recalculateOnEnter(LocalCloud cloud) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            while (lines.readLine() != null) {
                // The event that an upload was applied precedes the evaluation of its clients, and a day is
                // recalculated once.
                cloud.settle(LocalSuite.AT_MOST);
                asked.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The terminal runs this in the background, so there is nothing to read.
            return;
        }
    }

    private void stop(LocalCloud cloud, Path log, PrintWriter err) {
        stopping.set(true);
        if (kept == null) {
            err.println(words.say("serve.stopping"));
        } else {
            if (!failed) {
                err.println(words.say("serve.saving", kept));
            }
            awaitEnd();
        }
        cloud.close();
        try {
            closeState();
            if (!failed) {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            err.println(words.say("serve.log_left", log));
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeState() throws IOException {
        if (state != null) {
            state.close();
        }
    }
}
