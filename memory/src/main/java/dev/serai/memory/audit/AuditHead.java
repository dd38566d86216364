package dev.serai.memory.audit;

import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number and hash of the newest entry, in a file of their own: it is written after the entry,
 * so it may be behind but never ahead.
 */
record AuditHead(long number, String hash) {
  private static final int DIGITS = 19;
  private static final Pattern FORM = Pattern.compile("([0-9]{19}) ([0-9a-f]{64})\n");
  private static final Set<StandardOpenOption> WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  /** Creates the file of an empty log, before its first entry: from then on it is never missing. */
  static void create(Path folder) throws IOException {
    write(folder, new AuditHead(0, AuditLine.NO_HASH));
    try (FileChannel channel = PrivateFiles.open(folder.resolve("head"), WRITE)) {
      channel.force(true);
    }
  }

  static void write(Path folder, AuditHead head) throws IOException {
    String number = Long.toString(head.number);
    String text = "0".repeat(DIGITS - number.length()) + number + " " + head.hash + "\n";
    try (FileChannel channel = PrivateFiles.open(folder.resolve("head"), WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (left.hasRemaining()) {
        channel.write(left, left.position());
      }
    }
  }

  /** What the file says; empty if there is none, or it is not whole. */
  static Optional<AuditHead> read(Path folder) throws IOException {
    Path file = folder.resolve("head");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Matcher found = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    return found.matches()
        ? Optional.of(new AuditHead(Long.parseLong(found.group(1)), found.group(2)))
        : Optional.empty();
  }
}
