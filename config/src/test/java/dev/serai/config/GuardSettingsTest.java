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
  void membersOfAnotherKindAreRefused() {
    folder.yaml(
        """
        guards:
          a: {kind: json_schema, on: output}
          b: {kind: json_schema, on: [input, output], schema: "{}"}
          c: {kind: content, on: input, patterns: [x], schema: "{}"}
          d: {kind: route, on: input}
          e: {kind: injection, on: input, route: check}
          f: {kind: json_schema, on: output, schema: "{}", schema_file: x.json}
          g: {kind: json_schema, on: output, schema_file: missing.json}
          h: {kind: route, on: input, route: check, timeout: 2m}
        """);
    List<String> problems = folder.problems(Map.of());
    assertThat(problems).as("" + problems).hasSize(8);
    assertThat(problems).anyMatch(p -> p.contains("guards.a") && p.contains("schema must be set"));
    assertThat(problems).anyMatch(p -> p.contains("guards.b.on") && p.contains("output only"));
    assertThat(problems).anyMatch(p -> p.contains("guards.c.schema") && p.contains("left out"));
    assertThat(problems).anyMatch(p -> p.contains("guards.d") && p.contains("route must be set"));
    assertThat(problems).anyMatch(p -> p.contains("guards.e.route") && p.contains("left out"));
    assertThat(problems).anyMatch(p -> p.contains("guards.f.schema_file"));
    assertThat(problems)
        .anyMatch(p -> p.contains("guards.g") && p.contains("missing.json does not exist"));
    assertThat(problems)
        .anyMatch(p -> p.contains("guards.h.timeout") && p.contains("from 1ms to 1m"));
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
        .contains("'on' is missing");
    assertThat(problems.get(4))
        .startsWith("config/serai.yaml:9: guards.e.kind")
        .contains("injection, content");
  }

  @Test
  void everyWrongPatternIsReportedAtItsLine() {
    folder.yaml(
        """
        guards:
          g:
            kind: content
            on: [input]
            patterns:
              - "/(foo/"
              - fine
              - ""
              - "/^foo$/"
              - /(?=x)y/
              - "/a*/"
        """);
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:6: guards.g.patterns[0]: /(foo/ has a ( without a )",
            "config/serai.yaml:8: guards.g.patterns[2]: is empty; set it or leave it out",
            "config/serai.yaml:9: guards.g.patterns[3]: /^foo$/ has ^, which is not supported;"
                + " escape the character",
            "config/serai.yaml:10: guards.g.patterns[4]: /(?=x)y/ has a group with (?, which is not"
                + " supported",
            "config/serai.yaml:11: guards.g.patterns[5]: /a*/ matches the empty text, so it would"
                + " match every text");
  }

  @Test
  void aPatternWithOneSlashIsAWarning() {
    folder.yaml(
        """
        guards:
          g: {kind: content, on: [input], patterns: [/foo, foo/, /foo/, a/b]}
        """);
    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "config/serai.yaml:2: guards.g.patterns[0]: /foo is searched for as a phrase; a regular"
                + " expression has a / at both ends",
            "config/serai.yaml:2: guards.g.patterns[1]: foo/ is searched for as a phrase; a regular"
                + " expression has a / at both ends");
  }

  @Test
  void wrongEntriesOfOtherListsAreReportedAtTheirLinesToo() {
    folder.yaml(
        """
        privacy:
          names:
            - Erika
            - 4you
        server:
          allowed_origins: [https://app.example, app.example]
        upstream:
          proxy:
            no_proxy:
              - a.example
              - 10.0.0.0/99
        """);
    assertThat(folder.problems(Map.of()))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("config/serai.yaml:4: privacy.names[1]: '4you'"),
            two -> assertThat(two).startsWith("config/serai.yaml:6: server.allowed_origins[1]: an"),
            three ->
                assertThat(three)
                    .startsWith("config/serai.yaml:11: upstream.proxy.no_proxy[1]: '10.0.0.0/99'"));
  }
}
