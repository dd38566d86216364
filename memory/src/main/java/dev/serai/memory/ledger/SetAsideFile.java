package dev.serai.memory.ledger;

import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.database.StoredText;
import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usage of calls that no database takes, one line of text for each: the reason, the rows if
 * they can be read, and the journal entry in hexadecimal. The file is only appended to, up to 16
 * MiB, and never read by Serai. Used by one thread.
 */
final class SetAsideFile {
  private static final Logger LOG = LoggerFactory.getLogger(SetAsideFile.class);
  private static final String NAME = "ledger-set-aside.txt";
  private static final long MAX_BYTES = 16L * 1024 * 1024;
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path file;

  SetAsideFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /** Adds an entry, and returns what the log says about it. */
  String add(byte[] entry, Exception why) {
    String rows = rows(entry);
    String line = why + " | " + rows + " | " + HexFormat.of().formatHex(entry);
    try (FileChannel channel = PrivateFiles.open(file, APPEND)) {
      byte[] bytes = (oneLine(line) + "\n").getBytes(StandardCharsets.UTF_8);
      if (channel.size() + bytes.length > MAX_BYTES) {
        return "the usage " + rows + ", which is not in " + file + " because that is full,";
      }
      for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
        channel.write(left);
      }
      return "the usage " + rows + ", which is in " + file + " now,";
    } catch (IOException e) {
      LOG.error("ledger: {} cannot be written: {}", file, FailureText.of(e));
      return "the usage " + rows;
    }
  }

  private static String rows(byte[] entry) {
    try {
      return oneLine(EntryReader.read(entry).toString());
    } catch (
        RuntimeException e) { // bytes that are not an entry of this version have no rows to show
      return "of an entry that cannot be read";
    }
  }

  private static String oneLine(String text) {
    return StoredText.clean(text).replaceAll("\\p{Cntrl}", " ");
  }
}
