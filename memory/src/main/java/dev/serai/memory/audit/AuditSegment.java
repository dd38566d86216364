package dev.serai.memory.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads one file of the audit log. Stateless. */
final class AuditSegment {
  /** More than the longest line. */
  private static final int END = 64 * 1024;

  private AuditSegment() {}

  /** The complete lines of the file, also those that are not entries. */
  static List<String> lines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, 0, endOfLines(bytes), StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  private static int endOfLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** The last entry of the file; empty if it has none. */
  static Optional<AuditLine> last(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      String[] lines = new String(end(channel), StandardCharsets.UTF_8).split("\n");
      return AuditLine.read(lines[lines.length - 1]);
    }
  }

  /** Where the last complete line ends. */
  static long endOfLines(FileChannel channel) throws IOException {
    byte[] end = end(channel);
    return channel.size() - end.length + endOfLines(end);
  }

  private static byte[] end(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - END);
    ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // read on
    }
    return bytes.array();
  }
}
