package clientkpis.local.service;

import java.util.Comparator;
import org.gaul.s3proxy.blobstore.S3Exceptions;

/// A key of an object as the path of a file that no other key has. A key is any text, not only a path: with nothing
/// between two slashes, one that begins another, one that ends like a folder.
final class ObjectKey {
    /// In which S3 lists keys: that of their bytes.
    static final Comparator<String> ORDER = (one, other) -> {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // A surrogate is a part of a character beyond all others.
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    };

    private static final int LONGEST = 1_024;
    private static final char ESCAPE = '%';
    /// Precedes the name of a file, so that it is not that of a folder.
    private static final char FILE = '=';

    private ObjectKey() {}

    /// @throws software.amazon.awssdk.services.s3.model.S3Exception if S3 does not take the key
    static String path(String key) {
        if (key.length() * 3 > LONGEST && key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST) {
            throw S3Exceptions.invalidArgument("The key has more than %d bytes".formatted(LONGEST));
        }
        int depth = 0;
        for (String segment : key.split("/", -1)) {
            depth += segment.equals("..") ? -1 : 1;
            if (depth < 0) {
                throw S3Exceptions.invalidArgument("The key leads out of the bucket");
            }
        }
        int name = key.lastIndexOf('/') + 1;
        return folder(key) + FILE + escaped(key.substring(name));
    }

    /// The folder of all keys that begin with a prefix, or more; it ends with a slash unless it is empty.
    static String folder(String prefix) {
        StringBuilder path = new StringBuilder();
        int begin = 0;
        int end;
        while ((end = prefix.indexOf('/', begin)) >= 0) {
            String segment = prefix.substring(begin, end);
            boolean isOdd = segment.isEmpty() || segment.charAt(0) == '.' || segment.charAt(0) == FILE;
            path.append(isOdd ? String.valueOf(ESCAPE) : "")
                    .append(escaped(segment))
                    .append('/');
            begin = end + 1;
        }
        return path.toString();
    }

    /// Only what no file's name can have: a folder that begins with the escape is odd, not escaped.
    private static String escaped(String segment) {
        return segment.replace("%", "%25").replace("\0", "%00");
    }

    /// The key of a path.
    static String of(String path) {
        StringBuilder key = new StringBuilder();
        int begin = 0;
        int end;
        while ((end = path.indexOf('/', begin)) >= 0) {
            String segment = path.substring(begin, end);
            boolean isOdd = segment.startsWith("%") && !segment.startsWith("%25") && !segment.startsWith("%00");
            key.append(unescaped(isOdd ? segment.substring(1) : segment)).append('/');
            begin = end + 1;
        }
        return key.append(unescaped(path.substring(begin + 1))).toString();
    }

    private static String unescaped(String segment) {
        return segment.replace("%00", "\0").replace("%25", "%");
    }
}
