package dev.serai.core.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import dev.serai.core.prompt.template.PromptVariable.Bounds;
import dev.serai.core.prompt.template.PromptVariable.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {
  private static final PromptTemplate.Terms NO_TERMS =
      new PromptTemplate.Terms(Optional.empty(), DefaultParameters.NONE);

  private static PromptTemplate template(String text, PromptVariable... variables) {
    return new PromptTemplate(List.of(new Message(Role.USER, text)), List.of(variables), NO_TERMS);
  }

  private static String render(PromptTemplate template, Map<String, Object> values) {
    return template.render(values, "prompt.variables", _ -> {}).getFirst().text();
  }

  private static PromptVariable variable(Type type, String byDefault, Bounds bounds) {
    return new PromptVariable("x", type, false, Optional.ofNullable(byDefault), List.of(), bounds);
  }

  private static void refused(String param, String text, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).contains(param);
              assertThat(problem).hasMessageContaining(text);
            });
  }

  @Test
  void placesAreReplacedByTheirValuesInEveryMessage() {
    PromptTemplate greeting =
        new PromptTemplate(
            List.of(
                new Message(Role.SYSTEM, "Speak {{ language }}."),
                new Message(Role.USER, "{{name}}{{name}}, {{language}}")),
            List.of(),
            NO_TERMS);
    assertThat(
            greeting.render(
                Map.of("language", "German", "name", "Ada"), "prompt.variables", _ -> {}))
        .containsExactly(
            new Message(Role.SYSTEM, "Speak German."), new Message(Role.USER, "AdaAda, German"));
  }

  /** Values made of the characters that templates are made of, and the names of variables. */
  @Test
  void noValueIsEverReadAsATemplate() {
    Random random = new Random(7);
    String[] pieces = {"{{a}}", "{{b}}", "{{", "}}", "{", "}", "a", "$1", "\\", "{{ a }}", "\n"};
    PromptTemplate template = template("<{{a}}|{{b}}|{{a}}>");
    for (int round = 0; round < 2_000; round++) {
      String a = text(random, pieces);
      String b = text(random, pieces);
      assertThat(render(template, Map.of("a", a, "b", b)))
          .isEqualTo("<" + a + "|" + b + "|" + a + ">");
    }
  }

  private static String text(Random random, String[] pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{#if a}}",
        "{{/if}}",
        "{{{a}}}",
        "{{>part}}",
        "{{a.b}}",
        "{{1a}}",
        "{{}}",
        "{{ a",
        "{{a}"
      })
  void logicIsRefusedWhenAVersionIsRead(String template) {
    refused("messages", "begins a variable", () -> template("Hello " + template));
  }

  @Test
  void aMissingAnUnknownAndAWrongVariableAreNamed() {
    PromptTemplate text = template("{{who}}");
    refused("prompt.variables.who", "'who'", () -> render(text, Map.of()));
    refused("prompt.variables", "'whom'", () -> render(text, Map.of("who", "a", "whom", "b")));
    refused("prompt.variables", "of that name", () -> render(text, Map.of("{{x}} y", "b")));
    refused("prompt.variables.who", "type string", () -> render(text, Map.of("who", true)));
  }

  @Test
  void aVariableWithADefaultMayBeLeftOutAndOneThatIsOptionalIsEmpty() {
    PromptTemplate withDefault = template("[{{x}}]", variable(Type.STRING, "{{y}}", Bounds.NONE));
    assertThat(render(withDefault, Map.of())).isEqualTo("[{{y}}]");
    assertThat(render(withDefault, Map.of("x", "z"))).isEqualTo("[z]");
    assertThat(render(template("[{{x}}]", variable(Type.STRING, null, Bounds.NONE)), Map.of()))
        .isEqualTo("[]");
  }

  @Test
  void valuesKeepToTheSchema() {
    Bounds one = new Bounds(Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.TEN));
    PromptTemplate number = template("{{x}}", variable(Type.NUMBER, null, one));
    assertThat(render(number, Map.of("x", new BigDecimal("1.50")))).isEqualTo("1.50");
    refused("prompt.variables.x", "at most 10", () -> render(number, Map.of("x", huge())));
    refused(
        "prompt.variables.x",
        "of the type number",
        () -> render(number, Map.of("x", new BigDecimal("1e-99999999"))));
    PromptTemplate whole = template("{{x}}", variable(Type.INTEGER, null, one));
    assertThat(render(whole, Map.of("x", new BigDecimal("2.0")))).isEqualTo("2.0");
    refused(
        "prompt.variables.x", "integer", () -> render(whole, Map.of("x", BigDecimal.valueOf(2.5))));
    PromptTemplate text = template("{{x}}", variable(Type.STRING, null, one));
    refused("prompt.variables.x", "characters", () -> render(text, Map.of("x", "")));
    assertThat(render(text, Map.of("x", "\ud83d\ude00".repeat(10)))).hasSize(20);
    PromptTemplate chosen =
        template(
            "{{x}}",
            new PromptVariable(
                "x", Type.STRING, true, Optional.empty(), List.of("a", "b"), Bounds.NONE));
    refused("prompt.variables.x", "one of a, b", () -> render(chosen, Map.of("x", "c")));
    PromptTemplate numbers =
        template(
            "{{x}}",
            new PromptVariable(
                "x", Type.NUMBER, true, Optional.empty(), List.of("1", "2.5"), Bounds.NONE));
    assertThat(render(numbers, Map.of("x", new BigDecimal("1.0")))).isEqualTo("1.0");
    refused("prompt.variables.x", "one of 1, 2.5", () -> render(numbers, Map.of("x", huge())));
    PromptTemplate truth = template("{{x}}", variable(Type.BOOLEAN, null, Bounds.NONE));
    assertThat(render(truth, Map.of("x", true))).isEqualTo("true");
  }

  private static BigDecimal huge() {
    return new BigDecimal("1e60");
  }

  @Test
  void aDeclaredVariableNeedsAPlace() {
    refused(
        "variables", "{{x}}", () -> template("no place", variable(Type.STRING, null, Bounds.NONE)));
  }

  @Test
  void aLargeValueInManyPlacesIsRefusedBeforeItIsWritten() {
    PromptTemplate many = template("{{a}}".repeat(1_000));
    AtomicLong room = new AtomicLong();
    assertThatThrownBy(
            () ->
                many.render(
                    Map.of("a", "x".repeat(7)),
                    "prompt.variables",
                    length -> {
                      room.set(length);
                      throw new IllegalStateException("no room");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(room).hasValue(7_000);
    refused("prompt.variables", "characters", () -> render(many, Map.of("a", "x".repeat(1_001))));
  }
}
