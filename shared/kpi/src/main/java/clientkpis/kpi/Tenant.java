package clientkpis.kpi;

import java.util.regex.Pattern;

/// A company that uses the suite. The name is safe in keys and paths.
public record Tenant(String name) {
    /// What a name is, as a regular expression.
    public static final String PATTERN = "[a-z0-9][a-z0-9-]{0,39}";

    private static final Pattern ALLOWED = Pattern.compile(PATTERN);

    public Tenant {
        if (!isAllowed(name)) {
            throw new IllegalArgumentException("A tenant's name is 1 to 40 of a-z, 0-9 and -, and starts with no -");
        }
    }

    public static Tenant of(String name) {
        return new Tenant(name);
    }

    public static boolean isAllowed(String name) {
        return ALLOWED.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
