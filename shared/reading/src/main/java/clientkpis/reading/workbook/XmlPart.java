package clientkpis.reading.workbook;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// One XML part of a workbook, read forwards. Elements go by their local names, because the two kinds of workbook that
/// there are differ in their namespaces only. No entity but those of XML itself is known, and nothing else is opened.
final class XmlPart implements Closeable {
    private static final XMLInputFactory XML = factory();

    private final InputStream in;
    private final XMLStreamReader reader;
    private final int longest;

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    private interface Reading<T> {
        T read() throws XMLStreamException;
    }

    /// @param longest how many characters a text may have
    XmlPart(InputStream in, int longest) throws IOException {
        this.in = in;
        this.longest = longest;
        reader = checked(() -> XML.createXMLStreamReader(in));
    }

    /// Moves on.
    ///
    /// @return whether there is anything left
    boolean next() throws IOException {
        return checked(() -> {
                            if (!reader.hasNext()) {
                                return XMLStreamConstants.END_DOCUMENT;
                            }
                            return reader.next();
                        })
                        != XMLStreamConstants.END_DOCUMENT
                && checkedKind();
    }

    private boolean checkedKind() throws IOException {
        int kind = reader.getEventType();
        if (kind == XMLStreamConstants.DTD || kind == XMLStreamConstants.ENTITY_REFERENCE) {
            throw unreadable(Sentence.of("workbook.entities"));
        }
        return true;
    }

    boolean begins() {
        return reader.isStartElement();
    }

    boolean begins(String element) {
        return reader.isStartElement() && reader.getLocalName().equals(element);
    }

    boolean ends(String element) {
        return reader.isEndElement() && reader.getLocalName().equals(element);
    }

    boolean ends() {
        return reader.isEndElement();
    }

    String element() {
        return reader.getLocalName();
    }

    /// The characters here; empty at a tag.
    String characters() throws IOException {
        return checked(() -> reader.isCharacters() ? reader.getText() : "");
    }

    @Nullable
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /// Whether the value of an attribute passes a test.
    boolean anyAttribute(Predicate<String> test) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (test.test(reader.getAttributeValue(i))) {
                return true;
            }
        }
        return false;
    }

    /// All text in the element that begins here, up to its end.
    String text() throws IOException {
        String first = null;
        StringBuilder more = null;
        int depth = 1;
        while (depth > 0) {
            if (!next()) {
                throw unreadable(Sentence.of("workbook.cut_short"));
            }
            if (reader.isStartElement()) {
                depth++;
            } else if (reader.isEndElement()) {
                depth--;
            } else if (reader.isCharacters()) {
                if (first == null) {
                    first = characters();
                } else {
                    more = more == null ? new StringBuilder(first) : more;
                    more.append(characters());
                    checkLength(more.length());
                }
            }
        }
        checkLength(first == null ? 0 : first.length());
        return first == null ? "" : more == null ? first : more.toString();
    }

    /// The text of the string that begins here (`si`, `is`), of all its runs, without the readings beside it.
    String string() throws IOException {
        String first = null;
        StringBuilder more = null;
        int depth = 1;
        while (depth > 0) {
            if (!next()) {
                throw unreadable(Sentence.of("workbook.cut_short"));
            }
            if (begins("t")) {
                String text = text();
                if (first == null) {
                    first = text;
                } else {
                    more = more == null ? new StringBuilder(first) : more;
                    more.append(text);
                    checkLength(more.length());
                }
            } else if (begins("rPh")) {
                text();
            } else if (reader.isStartElement()) {
                depth++;
            } else if (reader.isEndElement()) {
                depth--;
            }
        }
        return Escapes.read(first == null ? "" : more == null ? first : more.toString());
    }

    private void checkLength(int length) throws IOException {
        if (length > longest) {
            throw new FileRejectedException(FileCode.TOO_LARGE, Sentence.of("too_large.cell", longest));
        }
    }

    private static <T> T checked(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (XMLStreamException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof FileRejectedException rejected) {
                    throw rejected;
                }
            }
            if (e.getNestedException() instanceof FileRejectedException rejected) {
                throw rejected;
            }
            throw unreadable(Sentence.of("workbook.not_xml"));
        } catch (NoSuchElementException e) {
            throw unreadable(Sentence.of("workbook.cut_short"));
        }
    }

    static FileRejectedException unreadable(Sentence why) {
        return new FileRejectedException(FileCode.BAD_ENCODING, Sentence.of("workbook.unreadable", why));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
