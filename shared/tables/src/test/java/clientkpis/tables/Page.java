package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of `docs/` with sections that are generated. A section lies between `<!-- generated: NAME -->` and `<!-- end
/// -->`; what lies outside is written by hand. The tests compare the sections with the schemas, and with `-Ddocs=write`
/// write them.
record Page(Path file) {
    private static final boolean WRITE = "write".equals(System.getProperty("docs"));

    static Page of(String name) {
        return new Page(Path.of("../../docs", name));
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /// @param text what the section has to be, without blank lines at its ends
    void assertGenerated(String section, String text) throws IOException {
        String page = text();
        String start = "<!-- generated: %s -->\n".formatted(section);
        int from = page.indexOf(start) + start.length();
        int to = page.indexOf("<!-- end -->", from);
        assertThat(page.contains(start) && to >= 0)
                .as("%s has the section %s", file, section)
                .isTrue();
        String expected = "\n" + text + "\n\n";
        if (WRITE) {
            Files.writeString(file, page.substring(0, from) + expected + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("%s is generated from the schemas. Run ./dev docs", file)
                    .isEqualTo(expected);
        }
    }
}
