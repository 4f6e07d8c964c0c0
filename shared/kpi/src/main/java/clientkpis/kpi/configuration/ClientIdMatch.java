package clientkpis.kpi.configuration;

import clientkpis.kpi.TaxId;

/// Which texts are one client's id.
public enum ClientIdMatch {
    /// An id is a text.
    EXACT("exact"),
    /// A valid CNPJ or CPF is one id, however it is written: in the form in which it is printed. All else is a text.
    CNPJ_CPF("cnpj-cpf");

    private final String label;

    ClientIdMatch(String label) {
        this.label = label;
    }

    /// As a configuration says it.
    public String label() {
        return label;
    }

    public static ClientIdMatch of(String label) {
        for (ClientIdMatch match : values()) {
            if (match.label.equals(label)) {
                return match;
            }
        }
        throw new IllegalArgumentException("No such match of ids: " + label);
    }

    /// A client's id in the form in which it is stored.
    public String id(String written) {
        return this == EXACT ? written : TaxId.printed(written).orElse(written);
    }
}
