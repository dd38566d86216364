package dev.serai.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.guard.GuardCheck.Outcome;
import dev.serai.core.guard.GuardCheck.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}},
       "additionalProperties": {"$ref": "#/$defs/count"}, "$defs": {"count": {"type": "integer"}}}
      """;

  private final SchemaCheck text = new SchemaCheck(SCHEMA, Optional.empty());
  private final SchemaCheck tool = new SchemaCheck(SCHEMA, Optional.of("look"));

  private static Subject saying(String text, ToolCall... calls) {
    Choice choice =
        new Choice(
            0, Parts.of("", text, List.of(calls)), Optional.empty(), FinishReason.of("stop"));
    ChatResponse response = new ChatResponse("", "", 0, List.of(choice), Optional.empty());
    return new Subject("id", Caller.ANONYMOUS, "m", List.of(), Optional.of(response));
  }

  private static String objection(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Objected.class);
    return ((Outcome.Objected) outcome).reason();
  }

  @Test
  void theTextMustBeJsonThatMatchesTheSchema() {
    assertThat(text.check(saying("{\"city\": \"Bern\", \"n\": 3}")))
        .isEqualTo(new Outcome.Passed());
    assertThat(objection(text.check(saying("Bern")))).isEqualTo("The text is not JSON.");
    assertThat(objection(text.check(saying("```json\n{\"city\":\"Bern\"}\n```"))))
        .isEqualTo("The text is not JSON.");
    assertThat(objection(text.check(saying("{\"city\": 3}"))))
        .contains("does not match the schema: type at '/city'");
    assertThat(objection(text.check(saying("{\"city\": \"Bern\", \"n\": \"SECRET\"}"))))
        .contains("type at '/n'")
        .doesNotContain("SECRET");
    assertThat(objection(text.check(saying("{}")))).contains("required");
    assertThat(objection(text.check(saying("")))).isEqualTo("The text is not JSON.");
  }

  @Test
  void aResponseThatOnlyCallsToolsHasNoTextToCheck() {
    ToolCall call = new ToolCall("c", "look", "{}");
    assertThat(text.check(saying("", call))).isEqualTo(new Outcome.Passed());
    assertThat(objection(text.check(saying("also text", call)))).contains("not JSON");
  }

  @Test
  void theArgumentsOfOneToolAreCheckedAndThoseOfOthersAreNot() {
    assertThat(tool.check(saying("text"))).isEqualTo(new Outcome.Passed());
    assertThat(tool.check(saying("", new ToolCall("c", "other", "x"))))
        .isEqualTo(new Outcome.Passed());
    ToolCall good = new ToolCall("c", "look", "{\"city\":\"Bern\"}");
    ToolCall bad = new ToolCall("d", "look", "{\"city\":1}");
    assertThat(tool.check(saying("", good))).isEqualTo(new Outcome.Passed());
    assertThat(objection(tool.check(saying("", good, bad))))
        .startsWith("The JSON for the tool 'look' does not match");
  }

  @Test
  void dataOfASchemaIsNotAReference() {
    SchemaCheck check =
        new SchemaCheck("{\"const\": {\"$ref\": \"http://127.0.0.1:1/a\"}}", Optional.empty());
    assertThat(check.check(saying("{\"$ref\": \"http://127.0.0.1:1/a\"}")))
        .isEqualTo(new Outcome.Passed());
    assertThat(objection(check.check(saying("{}")))).contains("const");
  }

  @Test
  void alternativesThatReferToThemselvesEndInTime() {
    SchemaCheck check =
        new SchemaCheck(
            """
            {"$ref": "#/$defs/n", "$defs": {"n": {"anyOf": [
             {"type": "object", "required": ["x"], "properties": {"x": {"$ref": "#/$defs/n"}}},
             {"type": "object", "required": ["x"], "properties": {"x": {"$ref": "#/$defs/n"}}},
             {"type": "string"}]}}}
            """,
            Optional.empty());
    assertThat(check.check(saying("{\"x\":".repeat(60) + "\"y\"" + "}".repeat(60))))
        .isEqualTo(new Outcome.Passed());
    assertThat(check.check(saying("{\"x\":".repeat(60) + "1" + "}".repeat(60))))
        .isInstanceOf(Outcome.NotChecked.class);
  }

  @Test
  void aPatternEndsInTimeAndWithoutAnError() {
    SchemaCheck slow = new SchemaCheck("{\"pattern\": \"^(.*a){12}b$\"}", Optional.empty());
    assertThat(slow.check(saying("\"" + "a".repeat(200) + "c\"")))
        .isInstanceOf(Outcome.NotChecked.class);
    SchemaCheck deep = new SchemaCheck("{\"pattern\": \"^(a|b)*$\"}", Optional.empty());
    assertThat(deep.check(saying("\"" + "ab".repeat(50_000) + "\"")))
        .isInstanceOf(Outcome.NotChecked.class);
    assertThat(deep.check(saying("\"abba\""))).isEqualTo(new Outcome.Passed());
    assertThat(objection(deep.check(saying("\"abca\"")))).contains("pattern");
  }

  /** Each search alone may take so long. */
  @Test
  void allPatternsOfAComparisonEndInTime() {
    SchemaCheck check =
        new SchemaCheck("{\"items\": {\"not\": {\"pattern\": \"^(.*a){2}b$\"}}}", Optional.empty());
    String slow = "\"" + "a".repeat(200) + "c\"";
    assertThat(check.check(saying("[" + slow + "]"))).isEqualTo(new Outcome.Passed());
    assertThat(check.check(saying("[" + (slow + ",").repeat(300) + slow + "]")))
        .isInstanceOf(Outcome.NotChecked.class);
  }

  @Test
  void aLongTextIsComparedAsAWhole() {
    SchemaCheck check =
        new SchemaCheck(
            """
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object",
             "required": ["id"], "properties": {"id": {"type": "integer"}},
             "unevaluatedProperties": false}]}}
            """,
            Optional.empty());
    String items = "{\"id\": 1},".repeat(20_000);
    assertThat(check.check(saying("[" + items + "{\"id\": 2}]"))).isEqualTo(new Outcome.Passed());
    assertThat(objection(check.check(saying("[" + items + "{\"id\": 2, \"b\": 1}]"))))
        .contains("/20000");
  }

  @Test
  void aSchemaThatCannotBeUsedIsRefusedAndNothingIsFetched() {
    for (String wrong :
        List.of(
            "{",
            "{\"type\": \"strng\"}",
            "{\"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1:1/a.json\"}}}",
            "{\"properties\": {\"$ref\": {\"$ref\": \"http://127.0.0.1:1/a.json\"}}}",
            "{\"properties\": {\"default\": {\"$ref\": \"http://127.0.0.1:1/a.json\"}}}",
            "{\"allOf\": [{\"$dynamicRef\": \"http://127.0.0.1:1/a.json#b\"}]}",
            "{\"properties\": {\"a\": {\"$schema\": \"http://127.0.0.1:1/a.json\"}}}",
            "{\"$ref\": \"#\"}",
            "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}},"
                + " \"$ref\": \"#/$defs/a\"}",
            "{\"$ref\": \"#/$defs/none\"}",
            "{\"pattern\": \"(\"}",
            "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema2\"}",
            "{\"$schema\": \"http://json-schema.org/draft-04/schema#\"}")) {
      assertThatThrownBy(() -> new SchemaCheck(wrong, Optional.empty()))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("schema ");
    }
  }
}
