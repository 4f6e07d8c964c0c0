package clientkpis.local.service.nio2blob;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/// S3Proxy's store of files with attributes, on a file system in memory that can be kept in a file: buckets, objects
/// and their versions under the same ids. It is in a package of this name because S3Proxy knows by it what a store can.
public final class MemoryBlobStore extends AbstractNio2BlobStore {
    private static final String ATTRIBUTES = "user";

    public MemoryBlobStore() {
        this(Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("posix", ATTRIBUTES)
                .setWorkingDirectory("/")
                .build()));
    }

    private MemoryBlobStore(FileSystem files) {
        super(files.getPath("/"));
    }

    @Override
    public boolean supportsVersioning() {
        return true;
    }

    @Override
    public boolean supportsServerSideEncryption() {
        return true;
    }

    @Override
    public boolean supportsBucketEncryption() {
        return true;
    }

    /// Writes everything: folders before what is in them.
    public void save(Path to) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(to)));
                Stream<Path> walk = Files.walk(getRoot())) {
            for (Path path : walk.filter(path -> !path.equals(getRoot())).toList()) {
                byte[] bytes = Files.isDirectory(path) ? null : Files.readAllBytes(path);
                out.writeUTF(getRoot().relativize(path).toString());
                out.writeUTF(Files.getLastModifiedTime(path).toInstant().toString());
                out.writeInt(bytes == null ? -1 : bytes.length);
                if (bytes != null) {
                    out.write(bytes);
                }
                UserDefinedFileAttributeView view = attributes(path);
                List<String> names = view.list();
                out.writeInt(names.size());
                for (String name : names) {
                    ByteBuffer value = ByteBuffer.allocate(view.size(name));
                    view.read(name, value);
                    out.writeUTF(name);
                    out.writeInt(value.capacity());
                    out.write(value.array());
                }
            }
        }
    }

    /// Reads what [#save] wrote, into an empty store.
    public void load(Path from) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(from)))) {
            while (true) {
                Path path;
                try {
                    path = getRoot().resolve(in.readUTF());
                } catch (EOFException e) {
                    return;
                }
                FileTime modified = FileTime.from(Instant.parse(in.readUTF()));
                int length = in.readInt();
                if (length < 0) {
                    Files.createDirectories(path);
                } else {
                    Files.write(path, in.readNBytes(length));
                }
                UserDefinedFileAttributeView view = attributes(path);
                for (int left = in.readInt(); left > 0; left--) {
                    String name = in.readUTF();
                    view.write(name, ByteBuffer.wrap(in.readNBytes(in.readInt())));
                }
                Files.setLastModifiedTime(path, modified);
            }
        }
    }

    private static UserDefinedFileAttributeView attributes(Path path) {
        return Objects.requireNonNull(Files.getFileAttributeView(path, UserDefinedFileAttributeView.class));
    }
}
