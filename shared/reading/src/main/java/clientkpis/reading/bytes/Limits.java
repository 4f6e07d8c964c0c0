package clientkpis.reading.bytes;

/// How large a file may be.
///
/// @param bytes when decompressed
/// @param line of one line, in characters
public record Limits(long bytes, int line) {
    /// For files that this system wrote itself.
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Integer.MAX_VALUE);
}
