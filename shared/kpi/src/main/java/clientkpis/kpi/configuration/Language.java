package clientkpis.kpi.configuration;

/// The language of what a tenant's people read.
public enum Language {
    PORTUGUESE("pt-BR"),
    ENGLISH("en");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /// As a configuration says it: a language tag (BCP 47).
    public String tag() {
        return tag;
    }

    public static Language of(String tag) {
        for (Language language : values()) {
            if (language.tag.equals(tag)) {
                return language;
            }
        }
        throw new IllegalArgumentException("No such language: " + tag);
    }
}
