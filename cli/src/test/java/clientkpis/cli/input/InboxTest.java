package clientkpis.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final Uploaded uploaded = new Uploaded();
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void aFileIsUploadedOnceWhenItHasNotChangedForASecond() throws Exception {
        Inbox inbox = inbox(null);
        write("acme/Contratos (1).csv", "half");

        look(inbox, A_MOMENT);
        write("acme/Contratos (1).csv", "half and half");
        look(inbox, A_MOMENT);
        look(inbox, A_MOMENT);
        assertThat(uploaded.calls).isEmpty();

        look(inbox, LONG_ENOUGH);
        look(inbox, LONG_ENOUGH);

        assertThat(uploaded.calls).containsExactly("uploads/acme/contracts/Contratos (1).csv: half and half");
        assertThat(told)
                .containsExactly(folder.resolve("acme/Contratos (1).csv")
                        + ": uploaded as uploads/acme/contracts/Contratos (1).csv");
        assertThat(folder.resolve("acme/Contratos (1).csv")).hasContent("half and half");
    }

    @Test
    void aFileThatChangesOrReappearsIsUploadedAgain() throws Exception {
        Inbox inbox = inbox(null);
        write("acme/nps.csv", "first");
        settle(inbox);
        write("acme/nps.csv", "second");
        settle(inbox);
        Files.delete(folder.resolve("acme/nps.csv"));
        settle(inbox);
        write("acme/nps.csv", "second");
        settle(inbox);

        assertThat(uploaded.calls)
                .extracting(call -> call.substring(call.indexOf(':') + 2))
                .containsExactly("first", "second", "second");
    }

    @Test
    void whatIsNotAFileIsNamedOnceAndHoldsUpNothing() throws Exception {
        Inbox inbox = inbox(null);
        write("acme/Contratos.csv", "k");
        Path odd = Files.createSymbolicLink(folder.resolve("acme/nps.csv"), folder.resolve("nowhere"));

        settle(inbox);
        settle(inbox);

        assertThat(uploaded.calls).containsExactly("uploads/acme/contracts/Contratos.csv: k");
        assertThat(told)
                .filteredOn(line -> line.startsWith(odd.toString()))
                .containsExactly(odd + ": not uploaded. It is not a file, or its name cannot be read. Rename it.");
    }

    @Test
    void foldersMeanWhatTheyMeanInARunAndEachWaveWaitsForTheOneBefore() throws Exception {
        write("acme/erasures/list.csv", "e");
        write("acme/contracts/snapshot/all.csv", "s");
        write("acme/uso/january/x.csv", "u");
        write("acme/clientes.csv", "c");
        write("acme/configuration.json", "{}");
        write("other/2026-09-01/nps.csv", "n");
        settle(inbox(null));

        assertThat(uploaded.calls)
                .containsExactly(
                        "configuration/acme.json: {}",
                        "settle",
                        "uploads/acme/clients/clientes.csv: c",
                        "settle",
                        "uploads/acme/usage/january/x.csv: u",
                        "settle",
                        "uploads/acme/contracts/snapshot/all.csv: s",
                        "settle",
                        "erasures/acme/list.csv: e",
                        "uploads/other/nps/2026-09-01-nps.csv: n");
    }

    @Test
    void withATenantTheFolderIsItsOwn() throws Exception {
        write("contracts.csv", "c");
        settle(inbox("acme"));

        assertThat(uploaded.calls).containsExactly("uploads/acme/contracts/contracts.csv: c");
    }

    @Test
    void whatIsNotAnUploadIsReportedOnceWithWhatToDo() throws Exception {
        Inbox inbox = inbox(null);
        write("contracts.csv", "c");
        write("Not Allowed/contracts.csv", "c");
        write("acme/relatorio.csv", "r");
        settle(inbox);
        settle(inbox);

        assertThat(uploaded.calls).isEmpty();
        assertThat(told)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("contracts.csv: not uploaded", "named after its tenant"),
                        line -> assertThat(line).contains("Not Allowed: not uploaded", "1 to 40 of a-z"),
                        line -> assertThat(line).contains("relatorio.csv: not uploaded", "begin with one of", "usage"));
    }

    @Test
    void whatIsNotWholeYetIsLeftAlone() throws Exception {
        write("acme/contracts.csv.crdownload", "half");
        write("acme/contracts.csv.part", "half");
        write("acme/.contracts.csv.download", "half");
        write(".contracts.csv.part", "half");
        settle(inbox(null));

        assertThat(uploaded.calls).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatProgramsLeftIsNamedOnceAsInARun() throws Exception {
        Inbox inbox = inbox(null);
        write("acme/contracts.csv", "c");
        write("acme/uso/Thumbs.db", "x");
        write("acme/~$contratos.xlsx", "x");
        write("acme/__MACOSX/nps.csv", "x");
        write(".DS_Store", "x");
        settle(inbox);
        settle(inbox);

        assertThat(uploaded.calls).containsExactly("uploads/acme/contracts/contracts.csv: c");
        assertThat(told)
                .filteredOn(line -> line.contains("not uploaded"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("uso/Thumbs.db: not uploaded. Left out: left by a program"),
                        line -> assertThat(line).contains("~$contratos.xlsx: not uploaded", "lock of an open workbook"),
                        line -> assertThat(line).contains("__MACOSX: not uploaded"),
                        line -> assertThat(line).contains(".DS_Store: not uploaded. Left out: hidden."));
    }

    @Test
    void whatAnEarlierOneUploadedIsUploadedAgainOnlyWhenItHasChanged() throws Exception {
        Inbox first = inbox(null);
        write("acme/clients.csv", "c");
        write("acme/nps.csv", "first");
        write("loose.csv", "l");
        settle(first);
        assertThat(first.uploaded()).containsOnlyKeys("acme/clients.csv", "acme/nps.csv");
        uploaded.calls.clear();

        Inbox second = inbox(null, first.uploaded());
        assertThat(second.uploaded()).isEqualTo(first.uploaded());
        write("acme/nps.csv", "second");
        settle(second);
        assertThat(uploaded.calls).containsExactly("uploads/acme/nps/nps.csv: second");
        assertThat(second.uploaded()).containsOnlyKeys("acme/clients.csv", "acme/nps.csv");

        Path file = folder.resolve("acme/clients.csv");
        FileTime modified = Files.getLastModifiedTime(file);
        Files.delete(file);
        settle(second);
        assertThat(second.uploaded()).containsOnlyKeys("acme/nps.csv");
        write("acme/clients.csv", "c");
        Files.setLastModifiedTime(file, modified);
        settle(second);
        assertThat(uploaded.calls).last().isEqualTo("uploads/acme/clients/clients.csv: c");
    }

    @Test
    void anInboxOfOneTenantKnowsTheFilesOfItsFolderInAnotherInbox() throws Exception {
        Inbox first = inbox(null);
        write("acme/uso/a.csv", "u");
        settle(first);
        uploaded.calls.clear();

        Map<String, String> before = first.uploaded();
        settle(new Inbox(folder.resolve("acme"), "acme", before, Tables.load(), uploaded, line -> {}, () -> now));
        assertThat(uploaded.calls).isEmpty();

        settle(new Inbox(folder.resolve("acme"), "other", before, Tables.load(), uploaded, line -> {}, () -> now));
        assertThat(uploaded.calls).containsExactly("uploads/other/usage/a.csv: u");
    }

    private Inbox inbox(String tenant) {
        return inbox(tenant, Map.of());
    }

    private Inbox inbox(String tenant, Map<String, String> before) {
        return new Inbox(folder, tenant, before, Tables.load(), uploaded, line -> told.add(line.toString()), () -> now);
    }

    private void look(Inbox inbox, Duration later) throws Exception {
        now = now.plus(later);
        inbox.look();
    }

    private void settle(Inbox inbox) throws Exception {
        look(inbox, A_MOMENT);
        look(inbox, LONG_ENOUGH);
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static final class Uploaded implements Inbox.Uploads {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void upload(String key, Path file) {
            try {
                calls.add(key + ": " + Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void settle() {
            calls.add("settle");
        }
    }
}
