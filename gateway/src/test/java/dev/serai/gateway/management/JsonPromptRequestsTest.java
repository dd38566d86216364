package dev.serai.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.template.PromptTemplate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPromptRequestsTest {
  private static final PromptRequests READER = new JsonPromptRequests();
  private static final String FULL =
      "{'messages': [{'role': 'developer', 'content': 'Speak {{language}}.'}, {'role': 'user',"
          + " 'content': 'Add {{n}}\\n"
          + "to {{m}}'}], 'variables': {'type': 'object', 'properties': {'n': {'type': 'integer',"
          + " 'minimum': 1}, 'm': {'type': 'number', 'default': 2}}, 'required': ['n']}, 'model':"
          + " 'fast', 'parameters': {'temperature': 0.2, 'max_tokens': 50}, 'comment': 'first',"
          + " 'label': 'production'}";

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aVersionIsStoredInOneForm() {
    PromptRequests.Draft draft = READER.readDraft(json(FULL));
    assertThat(draft.comment()).isEqualTo("first");
    assertThat(draft.label()).contains("production");
    assertThat(draft.model()).contains("fast");
    assertThat(draft.content())
        .startsWith("{\"messages\":[{\"role\":\"system\",\"content\":\"Speak {{language}}.\"}")
        .endsWith("\"model\":\"fast\",\"parameters\":{\"temperature\":0.2,\"max_tokens\":50}}");
    assertThat(READER.readDraft(json(draft.content().replace('"', '\''))).content())
        .as("what was stored is read as it is")
        .isEqualTo(draft.content());
  }

  @Test
  void whatIsStoredIsATemplate() {
    PromptTemplate template =
        JsonPromptRequests.content(READER.readDraft(json(FULL)).content()).template();
    assertThat(
            template.render(
                Map.of("language", "German", "n", new BigDecimal("3")),
                "prompt.variables",
                _ -> {}))
        .extracting(PromptTemplate.Message::text)
        .containsExactly("Speak German.", "Add 3\nto 2");
    assertThat(template.terms().parameters().maxTokens()).contains(50);
  }

  @Test
  void aTextIsAMessageOfTheUser() {
    assertThat(READER.readDraft(json("{'text': 'Hi {{name}}'}")).content())
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi {{name}}\"}]}");
  }

  @Test
  void theLinesOfAVersionAreReadable() {
    assertThat(READER.lines(READER.readDraft(json(FULL)).content()))
        .containsExactly(
            "system:",
            "  Speak {{language}}.",
            "user:",
            "  Add {{n}}",
            "  to {{m}}",
            "model: fast",
            "parameters: {\"temperature\":0.2,\"max_tokens\":50}",
            "variable m: {\"type\":\"number\",\"default\":2}",
            "variable n, required: {\"type\":\"integer\",\"minimum\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'text': 'a', 'messages': [{'role': 'user', 'content': 'b'}]}",
        "{'text': ' '}",
        "{'text': 1}",
        "{'text': '{{#each a}}'}",
        "{'messages': []}",
        "{'messages': ['a']}",
        "{'messages': [{'role': 'tool', 'content': 'b'}]}",
        "{'messages': [{'role': 'user', 'content': [{'type': 'text'}]}]}",
        "{'messages': [{'role': 'user', 'content': 'b', 'name': 'x'}]}",
        "{'text': 'a', 'label': 'latest'}",
        "{'text': 'a', 'label': '3'}",
        "{'text': 'a', 'model': ''}",
        "{'text': 'a', 'parameters': {'temperature': 3}}",
        "{'text': 'a', 'parameters': {'top_k': 3}}",
        "{'text': 'a', 'parameters': {'max_tokens': 0}}",
        "{'text': '{{a}}', 'variables': {'a': {'type': 'string'}}}",
        "{'text': '{{a}}', 'variables': {'properties': {'b': {}}}}",
        "{'text': '{{a}}', 'variables': {'properties': {'a': {'type': 'array'}}}}",
        "{'text': '{{a}}', 'variables': {'properties': {'a': {'pattern': '.*'}}}}",
        "{'text': '{{a}}', 'variables': {'properties': {'a': {'default': 1}}}}",
        "{'text': '{{a}}', 'variables': {'properties': {'a': {}}, 'required': ['b']}}",
        "{'text': '{{a}}', 'variables': {'properties': {'a': {'enum': []}}}}",
        "{'text': 'a', 'version': 3}"
      })
  void whatIsWrongIsRefused(String text) {
    assertThatThrownBy(() -> READER.readDraft(json(text)))
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void namesAreChecked() {
    assertThat(READER.readNew(json("{'name': 'greet', 'description': 'd'}")))
        .isEqualTo(
            new PromptRequests.Facts(
                Optional.of("greet"), Optional.empty(), Optional.of("d"), Optional.empty()));
    for (String name : new String[] {"", "a/b", "prompt_1", "pmpt_1", "x".repeat(49)}) {
      assertThatThrownBy(() -> READER.readNew(json("{'name': '" + name + "'}")))
          .isInstanceOf(CallerProblem.class)
          .hasMessageContaining("'name' must be");
    }
    assertThat(READER.readTarget(json("{'version': 3}"))).isEqualTo(3);
    assertThatThrownBy(() -> READER.readTarget(json("{'version': 'production'}")))
        .isInstanceOf(CallerProblem.class);
  }
}
