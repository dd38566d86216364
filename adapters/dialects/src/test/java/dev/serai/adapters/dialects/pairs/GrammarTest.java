package dev.serai.adapters.dialects.pairs;

import static dev.serai.adapters.dialects.pairs.Recordings.asking;
import static dev.serai.adapters.dialects.pairs.Recordings.wire;

import dev.serai.adapters.dialects.contract.Cassettes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every stream reaches a client in the grammar of its own dialect. */
class GrammarTest {
  @TestFactory
  @Holds({
    Rule.CALLS_ARE_COUNTED_FROM_ZERO,
    Rule.INTERLEAVED_ARGUMENTS_STAY_APART,
    Rule.A_BROKEN_STREAM_IS_AN_ERROR
  })
  Stream<DynamicTest> everyStreamFollowsTheClientsGrammar() {
    return Pair.each(
        Pair.all().filter(pair -> !pair.same()),
        pair -> {
          var folder = Cassettes.folder(pair.dialect().name(), "streams");
          for (String recording : Cassettes.names(folder, ".wire")) {
            byte[] told = pair.told(asking(pair), List.of(wire(pair.dialect(), recording)));
            try {
              Grammar.of(pair.client()).check(new String(told, StandardCharsets.UTF_8));
            } catch (AssertionError e) {
              throw new AssertionError(recording + ": " + e.getMessage(), e);
            }
          }
        });
  }
}
