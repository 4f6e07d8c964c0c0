package clientkpis.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.cli.Workbooks;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a folder of exports becomes uploads. One file, because each test is one folder and what is found in it.
class ExportsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "contracts.csv, contracts",
        "contracts-2026-11.csv.gz, contracts",
        "financeiro.jsonl, billing",
        "Contratos (1).csv, contracts",
        "NPS_setembro.csv, nps",
        "CLIENTES.CSV, clients",
        "clients2026.csv, clients",
        "uso, usage",
        "suporte.final.csv, support",
        "Atividades–outubro.csv, activities"
    })
    void theTableIsTheNameOrAliasThatTheFileNameStartsWith(String name, String table) throws IOException {
        file(name);

        assertThat(keys(read(null))).containsExactly("uploads/acme/" + table + "/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "relatorio.csv, auto",
        "npsetembro.csv, auto",
        "usó.csv, usage",
        "usô-geral.csv, usage",
        "usoé.csv, auto",
        "meus clientes.csv, auto",
        "2026 clients.csv, auto"
    })
    void aFileWhoseNameSaysNoTableIsUploadedToBeLookedInto(String name, String table) throws IOException {
        file(name);

        assertThat(keys(read(null))).containsExactly("uploads/acme/" + table + "/" + name);
    }

    @Test
    void theLongestNameWins() throws IOException {
        file("overrides.csv");
        file("override-contracts.csv");
        file("contacts contracts.csv");

        assertThat(keys(read(null)))
                .containsExactly(
                        "uploads/acme/contacts/contacts contracts.csv",
                        "uploads/acme/auto/override-contracts.csv",
                        "uploads/acme/overrides/overrides.csv");
    }

    @Test
    void inAFolderAutoTheFileSaysItsTable() throws IOException {
        file("2026-11-20/auto/contratos.csv");
        file("2026-11-20/auto/norte/x.csv");
        file("2026-11-20/auto/snapshot/y.csv");
        file("2026-11-20/norte/auto/clientes/z.csv");
        file("2026-11-20/contratos/auto/k.csv");

        assertThat(keys(read(null)))
                .containsExactlyInAnyOrder(
                        "uploads/acme/auto/contratos.csv",
                        "uploads/acme/auto/norte/x.csv",
                        "uploads/acme/auto/snapshot/y.csv",
                        "uploads/acme/auto/norte-clientes/z.csv",
                        "uploads/acme/contracts/auto/k.csv");
        assertThat(Exports.tableOf(folder.resolve("2026-11-20/auto/contratos.csv"), Tables.load()))
                .isNull();
    }

    @Test
    void aWorkbookOfSeveralTablesIsUploadedToBeLookedInto() throws IOException {
        String clients = "client_id;name;cs\nc1;Ana;Bia";
        Workbooks.write(folder.resolve("Carteira.xlsx"), Map.of("a", clients, "b", "Notas\nx"));
        Workbooks.write(folder.resolve("Lista.xlsx"), Map.of("a", clients));

        assertThat(keys(read(null)))
                .containsExactly("uploads/acme/auto/Carteira.xlsx", "uploads/acme/clients/Lista.xlsx");
    }

    @Test
    void aFolderNamedAfterATableHoldsFilesOfAnyName() throws IOException {
        file("Contatos/matriz.csv");
        file("Contatos/filiais/sul.csv");

        assertThat(keys(read(null)))
                .containsExactly("uploads/acme/contacts/filiais/sul.csv", "uploads/acme/contacts/matriz.csv");
    }

    @Test
    void aFilesOwnNameCountsMoreThanAFolderWhoseNameOnlyStartsWithATables() throws IOException {
        file("Clientes SP/financeiro.csv");
        file("nps.2026/respostas.jsonl");

        assertThat(keys(read(null)))
                .containsExactly("uploads/acme/billing/Clientes SP-financeiro.csv", "uploads/acme/nps/respostas.jsonl");
    }

    @Test
    void foldersAboveATableAreInTheNameSoThatNoTwoFilesAreOneObject() throws IOException {
        file("norte/contratos.csv");
        file("sul/contratos.csv");
        file("sul/uso/a.csv");

        assertThat(keys(read(null)))
                .containsExactly(
                        "uploads/acme/contracts/norte-contratos.csv",
                        "uploads/acme/contracts/sul-contratos.csv",
                        "uploads/acme/usage/sul-a.csv");
    }

    @Test
    void whatProgramsLeaveBehindIsLeftAloneAndNamed() throws IOException {
        file(".clients.csv");
        file(".git/clients.csv");
        file("clients/.DS_Store");
        file("clients/a.csv");
        file("nps/_SUCCESS");
        file("Thumbs.db");
        file("desktop.ini");
        file("~$Contratos.xlsx");
        file("__MACOSX/contratos.csv");

        assertThat(keys(read(null))).containsExactly("uploads/acme/clients/a.csv");
        assertThat(read(null).leftOut())
                .extracting(Exports.LeftOut::path)
                .containsExactlyInAnyOrder(
                        ".clients.csv",
                        ".git",
                        "clients/.DS_Store",
                        "nps/_SUCCESS",
                        "Thumbs.db",
                        "desktop.ini",
                        "~$Contratos.xlsx",
                        "__MACOSX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-05",
                "20260305",
                "2026-3-5",
                "05-03-2026",
                "5-3-2026",
                "2026-03-05 (corrigido)",
                "20260305_v2",
                "2026-3-5-final",
                "05-03-2026 ERP",
                "2026-03-05T0900"
            })
    void aFolderMayWriteItsDateInSeveralForms(String name) throws IOException {
        file(name + "/clients.csv");

        assertThat(read(null).days()).extracting(Exports.Day::date).containsExactly(LocalDate.parse("2026-03-05"));
        assertThat(read(null).days().getFirst().uploads())
                .extracting(Exports.File::path)
                .containsExactly(name + "/clients.csv");
    }

    @Test
    void daysFollowEachOtherWhateverTheFormOfTheirFolders() throws IOException {
        file("01-03-2026/contratos.csv");
        file("28-02-2026/contratos.csv");
        file("20260303/contratos.csv");

        assertThat(read(null).days())
                .extracting(day -> day.date().toString())
                .containsExactly("2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03");
    }

    @Test
    void twoFoldersOfOneDayAreOneDayAndNoTwoFilesAreOneObject() throws IOException {
        file("2026-03-04/contratos.csv");
        file("2026-03-04 (corrigido)/contratos.csv");
        file("2026-03-04 (corrigido)/nps/snapshot/r.csv");

        Exports exports = read(null);

        assertThat(exports.days()).hasSize(1);
        assertThat(keys(exports))
                .containsExactly(
                        "uploads/acme/contracts/contratos.csv",
                        "uploads/acme/contracts/2026-03-04 (corrigido)-contratos.csv",
                        "uploads/acme/nps/snapshot/2026-03-04 (corrigido)-r.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "semana 2/contratos.csv",
                "março/exports/contratos.csv",
                "backup/vendas.jsonl.gz",
                "12345678/uso.csv",
                "2026-03/contratos.csv",
                "contratos/x.csv",
                "extra/Clientes.xlsx"
            })
    void aFolderOfExportsBesideDatedOnesStopsTheRun(String path) throws IOException {
        file("2026-03-04/clients.csv");
        file(path);

        assertThatThrownBy(() -> read(null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(path.substring(0, path.indexOf('/')))
                .hasMessageContaining("05-03-2026");
    }

    @Test
    void otherFoldersBesideDatedOnesAreLeftOutAndNamed() throws IOException {
        file("2026-03-04/clients.csv");
        file("docs/README.md");
        Files.createDirectories(folder.resolve("vazia"));

        assertThat(read(null).leftOut()).extracting(Exports.LeftOut::path).containsExactly("docs", "vazia");
    }

    @Test
    void filesOfOneDayAreTakenAsPeopleNumberThem() throws IOException {
        for (String name :
                List.of("Uso (10).csv", "Uso (2).csv", "Uso (9).csv", "Uso.csv", "uso-10.csv", "uso-9.csv")) {
            file(name);
        }

        assertThat(read(null).days().getFirst().uploads())
                .extracting(Exports.File::path)
                .containsExactly("Uso.csv", "Uso (2).csv", "Uso (9).csv", "Uso (10).csv", "uso-9.csv", "uso-10.csv");
    }

    @Test
    void withoutDatesThereIsOneDayTodayOrAsOf() throws IOException {
        file("clients.csv");

        assertThat(read(null).days()).extracting(Exports.Day::date).containsExactly(TODAY);
        assertThat(read(LocalDate.parse("2026-01-31")).days())
                .extracting(Exports.Day::date)
                .containsExactly(LocalDate.parse("2026-01-31"));
    }

    @Test
    void datedFoldersAreReplayedWithTheDaysBetweenThem() throws IOException {
        file("2026-02-27/clients.csv");
        file("2026-03-02/uso.csv");
        file("2026-03-02/clients.csv");

        Exports exports = read(null);

        assertThat(exports.days())
                .extracting(
                        day -> day.date().toString(),
                        day -> day.uploads().stream().map(Exports.File::path).toList())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2026-02-27", List.of("2026-02-27/clients.csv")),
                        org.assertj.core.groups.Tuple.tuple("2026-02-28", List.of()),
                        org.assertj.core.groups.Tuple.tuple("2026-03-01", List.of()),
                        org.assertj.core.groups.Tuple.tuple(
                                "2026-03-02", List.of("2026-03-02/clients.csv", "2026-03-02/uso.csv")));
        assertThat(exports.files()).isEqualTo(3);
    }

    @Test
    void asOfGoesOnAfterTheLastDatedFolder() throws IOException {
        file("2026-02-27/clients.csv");

        assertThat(read(LocalDate.parse("2026-03-01")).days())
                .extracting(day -> day.date().toString())
                .containsExactly("2026-02-27", "2026-02-28", "2026-03-01");
    }

    @Test
    void asOfBeforeTheLastDatedFolderIsRejected() throws IOException {
        file("2026-02-27/clients.csv");

        assertThatThrownBy(() -> read(LocalDate.parse("2026-02-26")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("2026-02-26")
                .hasMessageContaining("2026-02-27");
    }

    @Test
    void uploadsFollowTheirPathsCodePointByCodePoint() throws IOException {
        file("uso/b.csv");
        file("uso-a.csv");
        file("Uso.csv");
        file("uso/\uD83D\uDE00.csv");
        file("uso/\uFF21.csv");

        assertThat(read(null).days().getFirst().uploads())
                .extracting(Exports.File::path)
                .containsExactly("Uso.csv", "uso-a.csv", "uso/b.csv", "uso/\uFF21.csv", "uso/\uD83D\uDE00.csv");
    }

    @Test
    void aConfigurationComesBeforeWhatItReadsAndAnErasureAfterAll() throws IOException {
        file("configuration.json");
        file("2026-02-27/clients.csv");
        file("2026-02-27/configuration.json");
        file("2026-02-27/erasures/clients.csv");

        assertThat(keys(read(null)))
                .containsExactly(
                        "configuration/acme.json",
                        "configuration/acme.json",
                        "uploads/acme/clients/clients.csv",
                        "erasures/acme/clients.csv");
        assertThat(read(null).files()).isEqualTo(1);
    }

    @Test
    void whatLiesBelowATablesFolderKeepsItsPlaceInTheKey() throws IOException {
        file("2026-02-27/contratos/snapshot/full.csv");
        file("2026-02-27/contratos/snapshot/confirm/full.csv");
        file("2026-02-27/erp/uso/snapshot/2026/full.csv");

        assertThat(keys(read(null)))
                .containsExactlyInAnyOrder(
                        "uploads/acme/contracts/snapshot/full.csv",
                        "uploads/acme/contracts/snapshot/confirm/full.csv",
                        "uploads/acme/usage/snapshot/erp-2026/full.csv");
    }

    @Test
    void anExportBesideDatedFoldersIsRejected() throws IOException {
        file("2026-02-27/clients.csv");
        file("nps.csv");

        assertThatThrownBy(() -> read(null)).isInstanceOf(UsageException.class).hasMessageContaining("nps.csv");
    }

    @Test
    void otherFilesBesideDatedFoldersAreNotExports() throws IOException {
        file("2026-02-27/clients.csv");
        file("README.md");

        assertThat(read(null).leftOut()).extracting(Exports.LeftOut::path).containsExactly("README.md");

        assertThat(keys(read(null))).containsExactly("uploads/acme/clients/clients.csv");
    }

    @Test
    void aFileOfNoKnownTableBesideDatedFoldersIsUploadedToBeRejected() throws IOException {
        file("2026-02-27/clients.csv");
        file("vendas.csv");

        assertThat(keys(read(null)))
                .containsExactly("uploads/acme/clients/clients.csv", "uploads/acme/auto/vendas.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "2026-00-10", "20260230", "30-02-2026", "03-13-2026 x"})
    void aFolderNamedByADateThatDoesNotExistIsRejected(String name) throws IOException {
        file(name + "/clients.csv");

        assertThatThrownBy(() -> read(null)).isInstanceOf(UsageException.class).hasMessageContaining(name);
    }

    @Test
    void aFolderWithoutExportsIsRejected() {
        assertThatThrownBy(() -> read(null)).isInstanceOf(UsageException.class).hasMessageContaining("no exports");
    }

    @Test
    void aFolderThatDoesNotExistIsRejected() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> Exports.read(nowhere, null, TODAY, Tables.load()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nowhere does not exist");
    }

    private Exports read(@Nullable LocalDate asOf) throws IOException {
        return Exports.read(folder, asOf, TODAY, Tables.load());
    }

    private static List<String> keys(Exports exports) {
        return exports.days().stream()
                .flatMap(day -> day.uploads().stream())
                .map(file -> file.key("acme"))
                .toList();
    }

    private void file(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
