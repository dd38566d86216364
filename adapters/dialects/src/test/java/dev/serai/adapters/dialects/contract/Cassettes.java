package dev.serai.adapters.dialects.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.core.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The recordings of one dialect, as files:
 *
 * <pre>
 * cassettes/requests/NAME.json             a client's request in OpenAI's format, for all dialects
 * cassettes/DIALECT/requests/NAME.http     the provider request of the dialect, byte by byte
 * cassettes/DIALECT/streams/NAME.wire      a recorded streamed reply
 * cassettes/DIALECT/answers/NAME.json      a recorded non-streaming reply
 * cassettes/DIALECT/failures/NAME.http     status, headers, blank line, body
 * .../NAME.means                           its meaning, see {@link Meaning}
 * cassettes/turns/DIALECT.json             a response with reasoning, text and two tool calls
 * cassettes/pairs/CLIENT-to-DIALECT.txt    a conversation between the two
 * </pre>
 *
 * A missing expectation fails the test. Run with {@code -Drecord.expectations=true} to have missing
 * ones written, and read what was written before keeping it.
 */
public final class Cassettes {
  private static final Path ROOT = Path.of("src/test/resources/cassettes").toAbsolutePath();
  private static final boolean RECORD = Boolean.getBoolean("record.expectations");

  private Cassettes() {}

  public static Path folder(String... names) {
    return Path.of(ROOT.toString(), names);
  }

  /** Names of the files with that ending, without it, sorted. */
  public static List<String> names(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A claim about a recording, which is named without its ending. */
  public interface Claim {
    void hold(Dialect dialect, Path recording);
  }

  /** A test for each recording of some dialects. */
  public static Stream<DynamicTest> each(
      List<Dialect> dialects, String kind, String ending, Claim claim) {
    return dialects.stream()
        .flatMap(
            dialect -> {
              Path folder = folder(dialect.name(), kind);
              List<String> names = names(folder, ending);
              assertThat(names).isNotEmpty();
              return names.stream()
                  .map(
                      name ->
                          dynamicTest(
                              dialect.name() + " " + name,
                              () -> claim.hold(dialect, folder.resolve(name))));
            });
  }

  /** The file of a recording with that ending. */
  public static Path with(Path recording, String ending) {
    return recording.resolveSibling(recording.getFileName() + ending);
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a recorded stream; Bedrock's, which are binary, are written down as text. */
  public static byte[] wire(Path file) {
    byte[] recorded = bytes(file);
    return file.startsWith(folder("bedrock"))
        ? EventStreamMaker.of(new String(recorded, UTF_8))
        : recorded;
  }

  /** Holds {@code actual} against the file. */
  public static void expect(Path file, String actual) {
    try {
      if (RECORD && !Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(file).exists();
    assertThat(actual).isEqualTo(new String(bytes(file), UTF_8));
  }
}
