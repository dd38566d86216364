package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Nothing is written twice: no two files of the main code, or of the tests, share a long run of
 * lines.
 */
class DuplicatesTest {
  /** Lines with code in a row, without those that only close something. */
  private static final int LONG = 12;

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern NO_CODE = Pattern.compile("[\\W_]*|(import|package) .*|@\\w+|//.*");

  @Test
  void noTwelveLinesAreWrittenTwice() {
    assertThat(twice(House.mainSources())).isEmpty();
  }

  @Test
  void noTwelveLinesOfTestsAreWrittenTwice() {
    assertThat(twice(House.testSources())).isEmpty();
  }

  private static Set<String> twice(List<Path> files) {
    Map<List<String>, String> known = new HashMap<>();
    Set<String> twice = new TreeSet<>();
    for (Path file : files) {
      String name = House.name(file);
      List<String> code = code(file);
      for (int from = 0; from + LONG <= code.size(); from++) {
        List<String> run = code.subList(from, from + LONG);
        String other = known.putIfAbsent(run, name);
        if (other != null && !other.equals(name)) {
          twice.add(other + " and " + name + ": " + run.getFirst());
        }
      }
    }
    assertThat(known).hasSizeGreaterThan(10_000);
    return twice;
  }

  private static List<String> code(Path file) {
    return COMMENT
        .matcher(House.read(file))
        .replaceAll("")
        .lines()
        .map(String::strip)
        .filter(line -> !NO_CODE.matcher(line).matches())
        .toList();
  }
}
