package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.guard.GuardedText.Source;
import dev.serai.core.guard.Guards;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardSettingsTest {
  @TempDir Path directory;
  private Folder folder;

  @BeforeEach
  void folder() {
    folder = new Folder(directory);
  }

  @Test
  void guardsAreReadInTheOrderOfTheFile() {
    folder.yaml(
        """
        guards:
          words: {kind: content, on: [input, output], patterns: [secret sauce, '/a+b/']}
          attacks: {kind: injection, on: input, action: report, on_failure: open, tenants: [shop]}
        """);
    Guards guards = folder.settings(Map.of()).enabledGuards();
    assertThat(guards.all()).extracting(Guard::name).containsExactly("words", "attacks");
    Guard words = guards.all().getFirst();
    assertThat(words.blocks()).isTrue();
    assertThat(words.failsClosed()).isTrue();
    assertThat(words.patterns().isIn(new GuardedText(Source.USER, "Secret sauce"))).isTrue();
    assertThat(words.patterns().isIn(new GuardedText(Source.USER, "xaab"))).isTrue();
    Guard attacks = guards.all().getLast();
    assertThat(attacks.blocks()).isFalse();
    assertThat(attacks.failsClosed()).isFalse();
    assertThat(guards.of(GuardDirection.INPUT, "shop")).hasSize(2);
    assertThat(guards.of(GuardDirection.INPUT, "other")).containsExactly(words);
    assertThat(guards.of(GuardDirection.OUTPUT, "shop")).containsExactly(words);
  }

  @Test
  void withoutGuardsThereIsNothingToAsk() {
    assertThat(folder.settings(Map.of()).enabledGuards()).isSameAs(Guards.NONE);
  }

  @Test
  void aMistakeIsReportedWithFileAndLine() {
    folder.yaml(
        """
        guards:
          a: {kind: content, on: [input]}
          b:
            kind: content
            on: [input]
            patterns: ["/(a/"]
          c: {kind: injection, on: [input], patterns: [x]}
          d: {kind: injection}
          e: {kind: magic, on: [input]}
        """);
    List<String> problems = folder.problems(Map.of());
    assertThat(problems).as("" + problems).hasSize(5);
    assertThat(problems.get(0))
        .startsWith("config/serai.yaml:2: guards.a")
        .contains("patterns must be set if the kind is content");
    assertThat(problems.get(1))
        .startsWith("config/serai.yaml:6: guards.b.patterns")
        .contains("a ( without a )");
    assertThat(problems.get(2)).startsWith("config/serai.yaml:7: guards.c").contains("left out");
    assertThat(problems.get(3))
        .startsWith("config/serai.yaml:8: guards.d")
        .contains("on is missing");
    assertThat(problems.get(4))
        .startsWith("config/serai.yaml:9: guards.e.kind")
        .contains("injection, content");
  }
}
