package dev.serai.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromptSnapshotTest {
  private static final PromptVersion ONE = version(1, "one");
  private static final PromptVersion TWO = version(2, "two");

  private final AtomicInteger compiled = new AtomicInteger();
  private final PromptSnapshot known =
      new PromptSnapshot(
          version -> {
            compiled.incrementAndGet();
            return version.content().isEmpty() ? Optional.empty() : Optional.of(template(version));
          });

  private static PromptTemplate template(PromptVersion version) {
    return new PromptTemplate(
        List.of(new Message(Role.USER, version.content())),
        List.of(),
        new PromptTemplate.Terms(Optional.empty(), DefaultParameters.NONE));
  }

  private static PromptVersion version(int number, String content) {
    return new PromptVersion(number, content, "", Instant.EPOCH, "");
  }

  private static PublishedPrompt prompt(boolean archived, Map<String, Integer> labels) {
    Prompt prompt =
        new Prompt(
            "prompt_1", "shop", "greet", "", archived, 2, new TreeMap<>(labels), Instant.EPOCH, "");
    return new PublishedPrompt(prompt, List.of(ONE, TWO));
  }

  @Test
  void aCallThatNamesAPromptByItsIdIsReferredToItsName() {
    known.replace(List.of(prompt(false, Map.of())));
    PromptReference byId =
        new PromptReference(
            "prompt_1", "", Optional.empty(), OptionalInt.of(1), Map.of(), "prompt.variables");
    refused("prompt_not_found", "shop", byId);
    assertThatThrownBy(() -> known.expand("shop", byId, _ -> {}))
        .hasMessageContaining("by the 'name'");
    assertThat(PromptProblems.notFound("")).hasMessageStartingWith("There is no prompt of that");
  }

  private static PromptReference asked(String label, int version) {
    return new PromptReference(
        "greet",
        "",
        Optional.ofNullable(label),
        version == 0 ? OptionalInt.empty() : OptionalInt.of(version),
        Map.of(),
        "prompt.variables");
  }

  private String label(String tenant, PromptReference asked) {
    return known.expand(tenant, asked, _ -> {}).label();
  }

  private void refused(String code, String tenant, PromptReference asked) {
    assertThatThrownBy(() -> known.expand(tenant, asked, _ -> {}))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  void aCallNamesAVersionOrALabelAndGetsProductionWithoutEither() {
    known.replace(List.of(prompt(false, Map.of("production", 1, "staging", 2))));
    assertThat(label("shop", asked(null, 0))).isEqualTo("greet@1");
    assertThat(label("shop", asked("staging", 0))).isEqualTo("greet@2");
    assertThat(label("shop", asked("latest", 0))).isEqualTo("greet@2");
    assertThat(label("shop", asked(null, 2))).isEqualTo("greet@2");
    refused("prompt_version_not_found", "shop", asked(null, 3));
    refused("prompt_label_not_found", "shop", asked("test", 0));
  }

  @Test
  void anotherTenantFindsNothing() {
    known.replace(List.of(prompt(false, Map.of("production", 1))));
    refused("prompt_not_found", "mill", asked(null, 0));
    assertThat(known.has(Optional.of("mill"), "greet")).isFalse();
    assertThat(known.has(Optional.of("shop"), "greet")).isTrue();
    assertThat(known.has(Optional.empty(), "greet")).isTrue();
    assertThat(known.has(Optional.empty(), "none")).isFalse();
  }

  @Test
  void aPromptInTheArchiveServesNoCall() {
    known.replace(List.of(prompt(true, Map.of("production", 1))));
    refused("prompt_not_found", "shop", asked(null, 1));
    assertThat(known.has(Optional.of("shop"), "greet")).isFalse();
  }

  @Test
  void aVersionIsReadOnce() {
    known.replace(List.of(prompt(false, Map.of())));
    known.replace(List.of(prompt(false, Map.of("production", 2))));
    assertThat(compiled).hasValue(2);
    assertThat(label("shop", asked(null, 0))).isEqualTo("greet@2");
  }

  @Test
  void aVersionThatCannotBeReadIsNotFound() {
    Prompt prompt = prompt(false, Map.of("production", 1)).prompt();
    known.replace(List.of(new PublishedPrompt(prompt, List.of(version(1, "")))));
    refused("prompt_version_not_found", "shop", asked(null, 0));
  }
}
