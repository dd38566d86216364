package dev.serai.adapters.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;

/**
 * A folder of index files that only their owner may read, because they have the words of memory
 * objects. On a file system without POSIX permissions they have its default permissions.
 * Thread-safe.
 */
final class OwnerOnlyDirectory extends FilterDirectory {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path folder;

  private OwnerOnlyDirectory(FSDirectory files) {
    super(files);
    this.folder = files.getDirectory();
  }

  /**
   * @param folder is created if it is missing
   * @throws IOException if it cannot be used, or the permissions of its files cannot be changed
   */
  static OwnerOnlyDirectory open(Path folder) throws IOException {
    OwnerOnlyDirectory directory = new OwnerOnlyDirectory(FSDirectory.open(folder));
    for (String file : directory.listAll()) {
      directory.restrict(file);
    }
    return directory;
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    return restricted(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    return restricted(super.createTempOutput(prefix, suffix, context));
  }

  @Override
  public Lock obtainLock(String name) throws IOException {
    Lock lock = super.obtainLock(name);
    try {
      restrict(name);
      return lock;
    } catch (IOException e) {
      try (lock) {
        throw e;
      }
    }
  }

  private IndexOutput restricted(IndexOutput output) throws IOException {
    try {
      restrict(output.getName());
      return output;
    } catch (IOException e) {
      try (output) {
        throw e;
      }
    }
  }

  private void restrict(String file) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder.resolve(file), FILE);
    }
  }
}
