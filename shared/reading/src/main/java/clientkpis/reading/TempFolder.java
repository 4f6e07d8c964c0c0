package clientkpis.reading;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// A new folder for work in progress, deleted on [#close()] with all that is in it. Beside it is a file that is locked
/// as long as the folder is in use, so what a killed process left behind differs from what another one works on. The
/// names of both have the number of the process: one that opened a file that it has locked, to see whether it is
/// locked, would give up the lock with it.
public final class TempFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel lock;

    private TempFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Also deletes the folders of this prefix that nobody uses any more.
    ///
    /// @param prefix begins its name
    public static TempFolder create(String prefix) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /// @param home where it is
    public static TempFolder create(Path home, String prefix) throws IOException {
        deleteLeftovers(home, prefix);
        Path file = Files.createTempFile(home, ofThisProcess(prefix), LOCK);
        FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            lock.lock();
            return new TempFolder(Files.createDirectory(of(file), ownerOnly(home)), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            Files.delete(file);
            throw e;
        }
    }

    private static String ofThisProcess(String prefix) {
        return prefix + ProcessHandle.current().pid() + "-";
    }

    private static FileAttribute<?>[] ownerOnly(Path home) {
        return home.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Path of(Path lock) {
        String name = lock.getFileName().toString();
        return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /// A folder exists only while its file is locked or after its process has died.
    private static void deleteLeftovers(Path home, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home, path -> {
            String name = path.getFileName().toString();
            return name.startsWith(prefix) && !name.startsWith(ofThisProcess(prefix)) && Files.isDirectory(path);
        })) {
            for (Path folder : folders) {
                Path file = lockOf(folder);
                try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    if (lock.tryLock() != null) {
                        delete(folder);
                        Files.deleteIfExists(file);
                    }
                } catch (OverlappingFileLockException | NoSuchFileException e) {
                    // In use by this process under another prefix, or not such a folder, or just deleted.
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            delete(path);
            Files.deleteIfExists(lockOf(path));
        }
    }

    /// Deletes a folder with all that is in it, if it exists. Links are deleted, not followed.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
