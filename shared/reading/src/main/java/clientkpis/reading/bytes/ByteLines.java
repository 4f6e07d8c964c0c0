package clientkpis.reading.bytes;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Looks line by line at a text that is not UTF-8 as a whole: which of its lines are, and whether the others look like
/// Windows-1252 or like the code page of DOS or of a Mac.
final class ByteLines {
    /// How much of a line is kept, for samples.
    private static final int KEPT = 400;
    /// How many lines of UTF-8 there are to each other one, where only single lines are not.
    private static final int SINGLE = 10;

    private final Utf8 utf8 = new Utf8();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long line = 1;
    private boolean high;
    private boolean european;
    private boolean doubtful;
    private boolean dosHere;
    private boolean onlyDosHere = true;
    private int last;
    private int lastLetter;
    /// A byte of [#isSuspicious] that is doubtful if a letter follows.
    private boolean pending;

    private long utf8Lines;
    /// Those of them that have the letters and signs of European languages; others may be chance.
    private long provenLines;
    private final Found others = new Found();
    private final Found doubts = new Found();
    /// Whether a byte can only be a letter of DOS where it is, and whether all others can be such letters.
    private boolean dosProven;
    private boolean dos = true;
    /// The line of the first byte that does not exist in Windows-1252, in a line that is not UTF-8; 0 for none.
    private long undefinedAt;
    private long undefinedHere;
    /// Whether a line that is UTF-8 has a byte that does not exist in Windows-1252.
    private boolean onlyUtf8;

    private static final class Found {
        private long count;
        private final List<byte[]> samples = new ArrayList<>();

        private void add(byte[] line) {
            count++;
            if (samples.size() < Warning.SAMPLES) {
                samples.add(line);
            }
        }

        private Warning.Finding warning(WarningCode code, Encoding read) {
            return Warning.of(
                    code,
                    count,
                    samples.stream()
                            .map(line -> Receipt.Problem.shown(new String(line, read.charset())))
                            .toList());
        }
    }

    /// @param warnings receives what is doubtful
    static Encoding judge(InputStream in, boolean mark, List<Warning.Finding> warnings) throws IOException {
        ByteLines lines = new ByteLines();
        byte[] buffer = new byte[1 << 16];
        int count;
        if (mark) {
            in.skipNBytes(Encoding.UTF_8_BOM.bom());
        }
        while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
            for (int i = 0; i < count; i++) {
                lines.add(buffer[i] & 0xff);
            }
        }
        lines.end();
        return lines.verdict(mark, warnings);
    }

    private Encoding verdict(boolean mark, List<Warning.Finding> warnings) throws IOException {
        boolean single = !onlyUtf8 && provenLines == 0 && utf8Lines <= SINGLE * others.count;
        if (!mark && single && dos && dosProven) {
            warnings.add(others.warning(WarningCode.DOUBTFUL_ENCODING, Encoding.DOS));
            return Encoding.DOS;
        }
        if (undefinedAt > 0) {
            throw new FileRejectedException(FileCode.BAD_ENCODING, Sentence.of("bad_encoding.neither", undefinedAt));
        }
        if (doubts.count > 0) {
            warnings.add(doubts.warning(WarningCode.DOUBTFUL_ENCODING, Encoding.WINDOWS_1252));
        }
        if (!mark && single) {
            return Encoding.WINDOWS_1252;
        }
        warnings.add(others.warning(WarningCode.MIXED_ENCODINGS, Encoding.WINDOWS_1252));
        return mark ? Encoding.MIXED_BOM : Encoding.MIXED;
    }

    private void add(int b) {
        if (b == '\n' || b == '\r') {
            end();
            if (b == '\r' || last != '\r') {
                line++;
            }
            last = b;
            return;
        }
        if (kept.size() < KEPT) {
            kept.write(b);
        }
        utf8.add(b);
        if (b >= 0x80) {
            high = true;
            european |= b == 0xc2 || b == 0xc3 || b == 0xe2;
            onlyDosHere &= isLetterOfDos(b);
            if (undefinedHere == 0 && isUndefined(b)) {
                undefinedHere = line;
            }
        }
        doubtful |= isDoubtful(b);
        last = b;
    }

    private boolean isDoubtful(int b) {
        boolean letter = isLetter(b);
        boolean found = pending && (letter || b >= 0x80);
        dosHere |= found && last >= 0xa1;
        pending = false;
        if (lastLetter != 0) {
            if ((b == 0x82 || b == 0xc6) && lastLetter >= 'a') {
                // é and ã of DOS: a low quote is before a word, and capital letters do not follow small ones.
                found = true;
                dosHere = true;
            } else if (b == 0x8e && lastLetter >= 'a') {
                found = true; // é of a Mac.
            } else if (isSuspicious(b)) {
                pending = true;
            }
        }
        lastLetter = letter ? b : 0;
        return found;
    }

    private static boolean isLetter(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    /// Signs that do not stand between two letters: ‡ ƒ ˆ ‰ ‹ › ¡ ¢ £, where DOS and Mac have letters with accents.
    private static boolean isSuspicious(int b) {
        return switch (b) {
            case 0x83, 0x87, 0x88, 0x89, 0x8b, 0x9b, 0xa1, 0xa2, 0xa3 -> true;
            default -> false;
        };
    }

    /// The letters of Portuguese, Spanish and French in code page 850, but for three capital ones (Ó, Ô, Ú) that are à,
    /// â and é of Windows-1252; and ª º.
    private static boolean isLetterOfDos(int b) {
        return switch (b) {
            case 0x80, 0x81, 0x82, 0x83, 0x85, 0x87, 0x88, 0x8a, 0x90, 0x93, 0x9a -> true; // Ç ü é â à ç ê è É ô Ü
            case 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7 -> true; // á í ó ú ñ Ñ ª º
            case 0xb5, 0xb6, 0xb7, 0xc6, 0xc7, 0xd2, 0xd6, 0xe4, 0xe5 -> true; // Á Â À ã Ã Ê Í õ Õ
            default -> false;
        };
    }

    private static boolean isUndefined(int b) {
        return switch (b) {
            case 0x81, 0x8d, 0x8f, 0x90, 0x9d -> true;
            default -> false;
        };
    }

    private void end() {
        if (high) {
            if (utf8.ended()) {
                utf8Lines++;
                provenLines += european ? 1 : 0;
                onlyUtf8 |= undefinedHere > 0;
            } else {
                byte[] text = kept.toByteArray();
                others.add(text);
                if (doubtful) {
                    doubts.add(text);
                    dosProven |= dosHere;
                }
                dos &= onlyDosHere;
                if (undefinedAt == 0) {
                    undefinedAt = undefinedHere;
                }
            }
        }
        utf8.begin();
        kept.reset();
        high = false;
        european = false;
        doubtful = false;
        dosHere = false;
        onlyDosHere = true;
        pending = false;
        lastLetter = 0;
        undefinedHere = 0;
    }

    /// Whether bytes are UTF-8, one after the other.
    private static final class Utf8 {
        private boolean valid = true;
        private int wanted;
        private int lowest = 0x80;
        private int highest = 0xbf;

        private void begin() {
            valid = true;
            wanted = 0;
        }

        private boolean ended() {
            return valid && wanted == 0;
        }

        private void add(int b) {
            if (wanted > 0) {
                valid &= b >= lowest && b <= highest;
                wanted--;
                lowest = 0x80;
                highest = 0xbf;
            } else if (b >= 0x80) {
                valid &= b >= 0xc2 && b <= 0xf4;
                wanted = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
                lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
                highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
            }
        }
    }
}
