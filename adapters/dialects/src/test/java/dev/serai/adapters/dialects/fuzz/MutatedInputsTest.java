package dev.serai.adapters.dialects.fuzz;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.core.dialect.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Recordings, spoilt at random: a byte changed, a piece left out, said twice or replaced by one
 * that hurts. The seed stands in the message of a failure; {@code -Dserai.seed} takes another one,
 * {@code -Dserai.rounds} searches longer.
 */
class MutatedInputsTest {
  private static final long SEED = Long.getLong("serai.seed", 4);
  private static final int ROUNDS = Integer.getInteger("serai.rounds", 200);
  private static final List<String> PAINS =
      List.of(
          "null",
          "[]",
          "{}",
          "\"\"",
          "-1",
          "1e999",
          "99999999999999999999",
          "\"\\ud800\"",
          "\\u0000",
          "true",
          "[null]",
          "{\"a\":[",
          "\n\n",
          "data: ",
          "\r",
          "\"type\":7,",
          "\u00e9",
          "\"index\":-5,");

  private interface Claim {
    void hold(byte[] bytes, int cut);
  }

  private static DynamicTest spoilt(String name, List<byte[]> seeds, Claim claim) {
    return dynamicTest(
        name,
        () -> {
          SplittableRandom random = new SplittableRandom(SEED + name.hashCode());
          for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size()));
            for (int times = random.nextInt(4); times >= 0; times--) {
              bytes = mutate(bytes, random);
            }
            int cut = random.nextInt(bytes.length + 1);
            try {
              claim.hold(bytes, cut);
            } catch (RuntimeException | AssertionError e) {
              String input = new String(bytes, StandardCharsets.ISO_8859_1);
              throw new AssertionError(
                  "seed " + SEED + ", round " + round + ", cut " + cut + ": " + input, e);
            }
          }
        });
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(12));
    byte[] between =
        switch (random.nextInt(4)) {
          case 0 -> new byte[] {(byte) random.nextInt(256)};
          case 1 -> new byte[0];
          case 2 -> twice(Arrays.copyOfRange(bytes, from, to));
          default -> PAINS.get(random.nextInt(PAINS.size())).getBytes(StandardCharsets.UTF_8);
        };
    byte[] spoilt = new byte[from + between.length + bytes.length - to];
    System.arraycopy(bytes, 0, spoilt, 0, from);
    System.arraycopy(between, 0, spoilt, from, between.length);
    System.arraycopy(bytes, to, spoilt, from + between.length, bytes.length - to);
    return spoilt;
  }

  private static byte[] twice(byte[] piece) {
    byte[] both = Arrays.copyOf(piece, 2 * piece.length);
    System.arraycopy(piece, 0, both, piece.length, piece.length);
    return both;
  }

  private static List<byte[]> all(Path folder, String ending) {
    List<byte[]> all = new ArrayList<>();
    for (String name : Cassettes.names(folder, ending)) {
      Path file = folder.resolve(name + ending);
      all.add(ending.equals(".wire") ? Cassettes.wire(file) : Cassettes.bytes(file));
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> aSpoiltRequestIsRefusedClearlyOrTranslatedSoundly() {
    return Client.ALL.stream()
        .map(
            client ->
                spoilt(
                    client + " request",
                    client.conversations(),
                    (bytes, cut) -> Targets.request(client, bytes)));
  }

  @TestFactory
  Stream<DynamicTest> aMutatedReplyIsMalformedOrTranslatedCorrectly() {
    return Pair.DIALECTS.stream()
        .map(
            dialect ->
                spoilt(
                    dialect.name() + " answer",
                    all(Cassettes.folder(dialect.name(), "answers"), ".json"),
                    (bytes, cut) -> Targets.respond(dialect, bytes)));
  }

  @TestFactory
  Stream<DynamicTest> aSpoiltStreamSaysTheSameWhereverItIsCutAndEndsOnce() {
    return Pair.DIALECTS.stream().map(MutatedInputsTest::streams);
  }

  private static DynamicTest streams(Dialect dialect) {
    return spoilt(
        dialect.name() + " stream",
        all(Cassettes.folder(dialect.name(), "streams"), ".wire"),
        (bytes, cut) -> Targets.stream(dialect, bytes, cut));
  }

  @TestFactory
  Stream<DynamicTest> spoiltEventsAreTheSameWhereverTheyAreCut() {
    return Stream.of(
        spoilt("events", all(Cassettes.folder("anthropic", "streams"), ".wire"), Targets::events));
  }
}
