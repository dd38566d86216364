package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.FailureKind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failover by kind of failure in the settings of aliases and of all calls. */
class FailoverSettingsTest {
  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b");

  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void withoutSettingsEveryKindButTheContentFilterLeadsOn() {
    folder.yaml("models: {smart: openai/gpt-4o}\n");
    assertThat(failover("smart")).isSameAs(Failover.DEFAULT);
    assertThat(failover("gpt-4o")).isSameAs(Failover.DEFAULT);
  }

  @Test
  void anAliasReplacesWhatItSets() {
    folder.yaml(
        """
        routing:
          failover:
            kinds: [timeout, content_filter]
            statuses: 409
            context_window_fallbacks: openai/large
        models:
          plain: openai/gpt-4o
          smart:
            targets: openai/gpt-4o
            failover:
              kinds: [rate_limit]
              content_policy_fallbacks: [openai/lenient, anthropic/text]
        """);
    Failover general =
        new Failover(
            Set.of(FailureKind.TIMEOUT, FailureKind.CONTENT_FILTER),
            Set.of(409),
            List.of(new Candidate("openai", "large")),
            List.of());
    assertThat(failover("plain")).isEqualTo(general);
    assertThat(failover("gpt-4o")).as("a name without a provider").isEqualTo(general);
    assertThat(failover("smart"))
        .isEqualTo(
            new Failover(
                Set.of(FailureKind.RATE_LIMIT),
                Set.of(409),
                List.of(new Candidate("openai", "large")),
                List.of(new Candidate("openai", "lenient"), new Candidate("anthropic", "text"))));
  }

  @Test
  void mistakesAreReportedWhereTheyAre() {
    folder.yaml(
        """
        routing:
          failover:
            content_policy_fallbacks: opnai/x
        models:
          smart:
            targets: openai/gpt-4o
            failover:
              kinds: [timeouts]
          large:
            targets: openai/gpt-4o
            failover:
              statuses: [409, abc, 200]
          other:
            targets: openai/gpt-4o
            failover:
              context_window_fallbacks: [gpt-4o]
        """);
    assertThat(folder.problems(KEYS))
        .anyMatch(text -> text.contains("routing.failover") && text.contains("opnai"))
        .anyMatch(text -> text.contains("models.smart.failover.kinds") && text.contains("timeout"))
        .anyMatch(text -> text.endsWith("\"abc\" was read; must be a whole number from 400 to 599"))
        .anyMatch(text -> text.endsWith("\"200\" was read; must be a whole number from 400 to 599"))
        .anyMatch(
            text -> text.contains("context_window_fallbacks") && text.contains("provider/model"));
  }

  private Failover failover(String model) {
    return new SettingsCatalogue(folder.settings(KEYS), InstantSource.system())
        .find(model)
        .orElseThrow()
        .policy()
        .attempts()
        .failover();
  }
}
