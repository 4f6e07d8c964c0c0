package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person should look at although the file counts, each with its sentence in Portuguese and English. What one
/// file has in particular follows the sentence.
public enum WarningCode {
    NO_PAYMENT_DATE(
            "O arquivo não tem a data de pagamento (paid_on): conta como aberto todo título cujo status não diz que foi"
                    + " pago ou cancelado.",
            "The file has no date of payment (paid_on): every title counts as unpaid unless its status says that it is"
                    + " paid or cancelled."),
    NO_CLOSING_DATE(
            "O arquivo não tem a data de encerramento (closed_on): todo chamado conta como aberto.",
            "The file has no closing date (closed_on): every ticket counts as open."),
    NO_COMPLETION_DATE(
            "O arquivo não tem a data de conclusão (completed_on): nenhuma atividade conta como última interação.",
            "The file has no date of completion (completed_on): no activity counts as the last interaction."),
    PAID_WITHOUT_DATE(
            "Títulos com status de pago e sem data de pagamento contam como pagos.",
            "Titles whose status says paid and that have no date of payment count as paid."),
    UNKNOWN_WORDS(
            "Há palavras cujo significado não é conhecido; elas não contam como pago, cancelado, ativo ou concluído."
                    + " Diga o que significam em read, words, na configuração.",
            "There are words whose meaning is not known; they do not count as paid, cancelled, active or completed. Say"
                    + " what they mean in the configuration, under read, words."),
    NO_RECURRING_REVENUE(
            "Nenhum contrato do arquivo gera MRR: conta só o que tem model MRR e status ativo.",
            "No contract of the file gives MRR: only those count whose model is MRR and whose status is active."),
    IDS_NOT_REGISTERED("Há clientes que não estão no cadastro.", "There are clients that are not in the registry."),
    MIXED_CURRENCIES(
            "O arquivo tem mais de uma moeda, e nada é convertido: se a maioria dos valores está em uma, os das outras"
                    + " são recusados; senão, todos são somados como estão.",
            "The file has more than one currency, and nothing is converted: if most values are in one, those in others"
                    + " are rejected; if not, all are added up as they are."),
    MOSTLY_REJECTED(
            "Mais da metade das linhas foi recusada; só as outras contam. Veja os problemas no recibo.",
            "More than half of the rows were rejected; only the others count. Look at the receipt's problems."),
    DATE_ORDER_UNPROVEN(
            "Nenhuma data do arquivo mostra se o dia ou o mês vem primeiro (05/03 é 5 de março ou 3 de maio?); vale o"
                    + " dateFormat da configuração, que por padrão é dia/mês.",
            "No date of the file shows which is the day and which the month (is 05/03 the 5th of March or May 3?); they"
                    + " are read as dateFormat in the configuration says, by default day/month."),
    REPEATED_HEADERS("Linhas que repetem o cabeçalho foram puladas.", "Lines that repeat the header were skipped."),
    SKIPPED_TOTALS("Linhas de totais ou de rodapé foram puladas.", "Lines of totals or of a footer were skipped."),
    ZERO_VALUES(
            "A coluna de valores está zerada ou em branco em todas as linhas.",
            "The column of values is zero or blank in every row."),
    NPS_SCALE(
            "Nenhuma nota passa de 5: parece uma escala até 5, e o NPS vai de 0 a 10.",
            "No score is above 5: this looks like a scale to 5, and NPS goes from 0 to 10."),
    CONFLICTING(
            "Linhas com a mesma chave e conteúdo diferente: conta a última. Se são parcelas, inclua a coluna da parcela"
                    + " na chave.",
            "Rows have the same key and differ: the last one counts. If these are instalments, add their column to the"
                    + " key."),
    MIXED_NUMBERS(
            "Uma coluna tem números em dois formatos; os ambíguos são lidos como diz o numberFormat da configuração.",
            "A column has numbers in two formats; ambiguous ones are read as numberFormat in the configuration says."),
    STRAY_QUOTES(
            "Aspas soltas, que não fecham, foram lidas como caracteres. Confira essas linhas.",
            "Stray quotes, which do not close, were read as characters. Look at these lines."),
    MIXED_ENCODINGS(
            "O arquivo mistura linhas em UTF-8 e em Windows-1252; cada uma foi lida na sua. Confira os acentos.",
            "The file has lines in UTF-8 and lines in Windows-1252; each was read in its own. Look at the accents."),
    DOUBTFUL_ENCODING(
            "As letras acentuadas parecem de outra codificação (DOS ou Mac). Confira os nomes; se estiverem errados,"
                    + " exporte o arquivo como UTF-8.",
            "Accented letters look like those of another encoding (DOS or Mac). Look at the names; if they are wrong,"
                    + " export the file as UTF-8."),
    MANGLED_TEXT(
            "Há acentos trocados, como em `SÃ£o Paulo`: é UTF-8 que foi lido como Windows-1252 e gravado de novo. Os"
                    + " textos ficam como estão; exporte o arquivo de novo, em UTF-8.",
            "There are garbled accents, as in `SÃ£o Paulo`: UTF-8 that was read as Windows-1252 and written again."
                    + " Texts stay as they are; export the file again, in UTF-8.");

    private final String portuguese;
    private final String english;

    WarningCode(String portuguese, String english) {
        this.portuguese = portuguese;
        this.english = english;
    }

    /// As in receipts and events.
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with a label; empty for one that newer code wrote.
    public static Optional<WarningCode> labelled(String label) {
        return Arrays.stream(values())
                .filter(code -> code.label().equals(label))
                .findFirst();
    }

    public String portuguese() {
        return portuguese;
    }

    public String english() {
        return english;
    }
}
