package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import clientkpis.tables.ClientField;
import clientkpis.tables.NumberText;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of a client's fields, and of the records behind them, as people read them.
///
/// @param currency of the tenant's amounts
record FieldText(Words words, Currency currency) {
    /// The columns of records that have amounts.
    private static final Set<String> AMOUNTS = Set.of("value");

    String field(String name, JsonNode value) {
        return field(Tables.load().field(name), value);
    }

    /// @param field null where no schema declares it
    String field(@Nullable ClientField field, JsonNode value) {
        if (!value.isNumber()) {
            return Terminal.safe(field == null ? value.asText() : field.said(value.asText(), words.language()));
        }
        BigDecimal number = value.decimalValue();
        NumberText numbers = words.numbers();
        if (field == null) {
            return numbers.plain(number);
        }
        Integer scale = field.scale();
        return field.type() == ClientField.Type.MONEY
                ? money(value)
                : scale == null ? numbers.exact(number) : numbers.number(number, scale);
    }

    String cell(String column, JsonNode value) {
        return !value.isNumber()
                ? Terminal.safe(value.asText())
                : AMOUNTS.contains(column) ? money(value) : number(value);
    }

    String money(JsonNode amount) {
        return words.numbers().money(amount.decimalValue(), currency);
    }

    String number(JsonNode number) {
        return words.numbers().exact(number.decimalValue());
    }
}
