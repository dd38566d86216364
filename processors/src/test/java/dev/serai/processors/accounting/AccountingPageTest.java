package dev.serai.processors.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about accounting lists the fields of a row, all of them and no others. */
class AccountingPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("serai.checkout", ".."), "docs", "accounting.md");
  private static final Pattern MEMBER = Pattern.compile("\"([a-z_0-9]+)\":");
  private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z_0-9]+)`");

  @Test
  void everyFieldOfARowIsDescribed() throws IOException {
    JsonWriter json = new JsonWriter();
    UsageJson.row(json, row());
    Set<String> written = names(MEMBER, new String(json.bytes(), StandardCharsets.UTF_8));
    assertThat(documented()).containsExactlyInAnyOrderElementsOf(written);
  }

  private static Set<String> documented() throws IOException {
    String page = Files.readString(PAGE);
    String fields = page.substring(page.indexOf("## Fields of a row"), page.indexOf("## Queries"));
    return names(NAME, String.join(" ", names(ROW, fields)));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static RecordedDecision decision() {
    return new RecordedDecision(
        "bandit",
        "alias",
        "alias fast",
        "primary",
        2,
        List.of(new Candidate("p", "m")),
        "ucb",
        OptionalDouble.of(1),
        Optional.of(new PolicyFeatures("chat", 10, 1, Set.of())),
        Optional.of(new Assignment("exp-1", "b", true)));
  }

  private static UsageRecord row() {
    return new UsageRecord(
        "req-1",
        "theirs",
        1,
        true,
        0,
        Caller.ANONYMOUS,
        "openai",
        Operation.CHAT,
        "m",
        new Candidate("p", "m"),
        Outcome.ANSWERED,
        Optional.empty(),
        Optional.empty(),
        false,
        true,
        Usage.of(1, 1),
        false,
        OptionalLong.empty(),
        1,
        OptionalLong.empty(),
        List.of(),
        Optional.of(decision()));
  }
}
