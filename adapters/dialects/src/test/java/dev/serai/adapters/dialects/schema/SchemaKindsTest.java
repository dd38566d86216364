package dev.serai.adapters.dialects.schema;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that vendors reply 400 to, and what is sent instead. */
class SchemaKindsTest {
  private static final String FORMAT = "response_format.json_schema";
  private final Asked claude = asked(new AnthropicDialect(), "claude-sonnet-4-5");
  private final Asked openAi = asked(new OpenAiDialect(), "gpt-4o");
  private final Asked gemini = asked(new GeminiDialect(), "gemini-2.5-pro", "no-json-schema-tools");

  private static Asked asked(Dialect dialect, String model, String... on) {
    return Asked.of(dialect, "https://acme.test", model, on);
  }

  private static ChatRequest output(String schema) {
    return asking(
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,"
            + "'schema':"
            + schema
            + "}}");
  }

  private static ChatRequest tool(String schema) {
    return asking(
        "'tools':[{'type':'function','function':{'name':'t','parameters':" + schema + "}}]");
  }

  private static String property(String schema) {
    return "{'type':'object','properties':{'p':" + schema + "},'required':['p']}";
  }

  private static ChatRequest messages(String members) {
    String body =
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}]," + members;
    return new AnthropicSurface()
        .readRequest(Inbound.post("/v1/messages", (body + "}").replace('\'', '"')));
  }

  private static ChatRequest structured(String schema) {
    return messages("'output_config':{'format':{'type':'json_schema','schema':" + schema + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'allOf':[{'$ref':'#/$defs/Q'}]} | {'$ref':'#/$defs/Q'}",
        "{'type':'string','format':'binary'} | {'type':'string'}",
        "{'type':'integer','minimum':1,'maximum':3} | {'type':'integer'}",
        "{'anyOf':[{'type':'string'},{'type':'number'}],'oneOf':[{'type':'string','pattern':'a'},"
            + "{'type':'boolean'}]} | {'type':'string','pattern':'a'}",
        "{'enum':['a',{'k':1}]} | {'anyOf':[{'enum':['a'],'type':'string'},{'type':'object',"
            + "'properties':{'k':{'enum':[1],'type':'integer'}},'required':['k'],"
            + "'additionalProperties':false}]}",
        "{'type':'array','items':{'type':'string'},'minItems':2} | {'type':'array','items':"
            + "{'type':'string'}}",
        "{'type':'string','pattern':'(?=a)b'} | {'type':'string'}",
      })
  void claudesStructuredOutputGetsWhatItSupports(String given, String sent) {
    String definitions = "'$defs':{'Q':{'type':'object','properties':{'q':{'type':'string'}}}}";
    String schema =
        property(given).replaceFirst("\\}$", "," + definitions.replace("$", "\\$") + "}");
    String inlined =
        sent.equals("{'$ref':'#/$defs/Q'}")
            ? "{'type':'object','properties':{'q':{'type':'string'}},'additionalProperties':false}"
            : sent;
    assertThat(claude.member("output_config", output(schema)))
        .isEqualTo(
            "{'format':{'type':'json_schema','schema':{'type':'object','properties':{'p':"
                + inlined
                + "},'required':['p'],'additionalProperties':false}}}");
  }

  @Test
  void aRecursiveSchemaBecomesAToolForClaude() {
    String schema =
        "{'type':'object','properties':{'tree':{'$ref':'#/$defs/N'}},'$defs':{'N':{'type':"
            + "'object','properties':{'kid':{'anyOf':[{'$ref':'#/$defs/N'},{'type':'null'}]}}}}}";
    for (Asked asked :
        new Asked[] {
          claude, asked(new BedrockDialect(), "us.anthropic.claude-sonnet-4-5-20250929-v1:0")
        }) {
      assertThat(asked.body(output(schema)))
          .contains("'$ref':'#/$defs/N'", "serai_")
          .doesNotContain("output_config", "outputConfig");
      assertThat(asked.dropped(output(schema))).containsExactly(FORMAT);
    }
  }

  @Test
  void aMapBecomesAToolForClaudeSinceItsObjectsAreClosed() {
    String schema = property("{'type':'object','additionalProperties':{'type':'integer'}}");
    assertThat(claude.member("tools", output(schema)))
        .contains("serai_answer", "'additionalProperties':{'type':'integer'}");
    assertThat(claude.dropped(output(schema))).containsExactly(FORMAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'object','properties':{'name':{'type':'string'},'nick':{'type':'string'}},"
            + "'required':['name'],'additionalProperties':false}",
        "{'type':'object','properties':{'in':{'type':'object','properties':{'a':{'type':"
            + "'string'}},'additionalProperties':false}},'required':['in'],"
            + "'additionalProperties':false}",
        "{'type':'object','properties':{'m':{'type':'object','additionalProperties':{'type':"
            + "'string'}}},'required':['m'],'additionalProperties':false}",
        "{'type':'object','properties':{'m':{}},'required':['m'],'additionalProperties':false}",
      })
  void aSchemaThatOpenAisStrictModeRefusesIsNotStrict(String schema) {
    assertThat(openAi.member("response_format", structured(schema)))
        .isEqualTo(
            "{'type':'json_schema','json_schema':{'name':'answer','schema':"
                + schema
                + ",'strict':false}}");
    assertThat(openAi.dropped(structured(schema))).containsExactly(FORMAT + ".strict");
    ChatRequest tool =
        messages("'tools':[{'name':'t','strict':true,'input_schema':" + schema + "}]");
    assertThat(openAi.member("tools", tool)).doesNotContain("strict").contains(schema);
    assertThat(openAi.dropped(tool)).containsExactly("tools.strict");
  }

  @Test
  void aSchemaThatStrictModeAcceptsStaysStrict() {
    String schema = "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}";
    assertThat(openAi.member("response_format", structured(schema)))
        .contains("'strict':true", "'additionalProperties':false");
    assertThat(openAi.dropped(structured(schema))).isEmpty();
    String recursive =
        "{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}},'required':['n'],'$defs':{'N':"
            + "{'type':'object','properties':{'n':{'anyOf':[{'$ref':'#/$defs/N'},{'type':'null'}]}},"
            + "'required':['n']}}}";
    assertThat(openAi.member("response_format", structured(recursive)))
        .contains("'strict':true", "'$defs':{'N':{'type':'object'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'array','description':'cells'} | {'type':'ARRAY','description':'cells',"
            + "'items':{'type':'STRING'}}",
        "{'type':'array','items':{'type':'array'}} | {'type':'ARRAY','items':{'type':'ARRAY',"
            + "'items':{'type':'STRING'}}}",
        "{'type':['array','null']} | {'type':'ARRAY','nullable':true,'items':{'type':'STRING'}}",
        "{'type':'array','items':[{'type':'integer'}]} | {'type':'ARRAY','items':{'type':"
            + "'INTEGER'}}",
        "{'type':'object','properties':{'a':{'type':'string'}},'required':['b']} | {'type':"
            + "'OBJECT','properties':{'a':{'type':'STRING'}}}",
        "{'type':'string','enum':['','a']} | {'type':'STRING'}",
        "{'type':'string','enum':[]} | {'type':'STRING'}",
        "true | {'type':'STRING'}",
      })
  void geminisOwnSchemaSaysWhatItMust(String given, String sent) {
    assertThat(gemini.member("tools", tool(property(given)))).contains("'p':" + sent + "}");
    assertThat(gemini.dropped(tool(property(given)))).containsExactly("tools.parameters");
  }

  @Test
  void geminiGetsJsonSchemaWhereItsOwnWouldLoseSomething() {
    Asked whole = asked(new GeminiDialect(), "gemini-2.5-pro");
    ChatRequest request = tool(property("{'type':'array'}"));
    assertThat(whole.member("tools", request))
        .contains("'parametersJsonSchema':{'type':'object','properties':{'p':{'type':'array'}}");
    assertThat(whole.dropped(request)).isEmpty();
  }

  @Test
  void aToolWithAUnionAtItsRootIsAnObjectWithThePropertiesOfAll() {
    String schema =
        "{'anyOf':[{'type':'object','properties':{'a':{'type':'string'},'k':{'const':1}},"
            + "'required':['a','k']},{'type':'object','properties':{'b':{'type':'string'},"
            + "'k':{'const':2}},'required':['k']}]}";
    String sent =
        "{'properties':{'a':{'type':'string'},'k':{'anyOf':[{'const':1},{'const':2}]},"
            + "'b':{'type':'string'}},'required':['k'],'type':'object'}";
    assertThat(claude.member("tools", tool(schema))).contains(sent);
    assertThat(claude.dropped(tool(schema))).containsExactly("tools.parameters");
  }

  @Test
  void olderDraftsAreConverted() {
    String schema =
        property("{'type':'number','minimum':1,'exclusiveMinimum':true,'nullable':true}");
    assertThat(claude.member("tools", tool(schema)))
        .contains("'p':{'type':['number','null'],'exclusiveMinimum':1}");
    assertThat(claude.dropped(tool(schema))).isEmpty();
  }

  @Test
  void ollamasToolsHaveTheirReferencesResolved() {
    Asked ollama = asked(new OllamaDialect(), "llama");
    String schema =
        "{'type':'object','properties':{'p':{'$ref':'#/definitions/Q'}},'definitions':{'Q':"
            + "{'type':'string'}}}";
    assertThat(ollama.member("tools", tool(schema)))
        .contains("'parameters':{'type':'object','properties':{'p':{'type':'string'}}}");
  }

  @Test
  void aReferenceToAnotherDocumentIsLeftOutAndNamed() {
    ChatRequest request = tool(property("{'$ref':'https://acme.test/x.json'}"));
    assertThat(claude.member("tools", request)).doesNotContain("acme.test");
    assertThat(claude.dropped(request)).containsExactly("tools.parameters");
  }

  @Test
  void referencesThatWouldGrowWithoutBoundAreCutOff() {
    StringBuilder definitions = new StringBuilder("'d0':{'type':'string'}");
    for (int i = 1; i < 40; i++) {
      String next = "{'$ref':'#/$defs/d" + (i - 1) + "'}";
      definitions.append(",'d").append(i).append("':{'type':'object','properties':{'a':");
      definitions.append(next).append(",'b':").append(next).append("}}");
    }
    String schema =
        "{'type':'object','properties':{'p':{'$ref':'#/$defs/d39'}},'$defs':{" + definitions + "}}";
    assertThat(gemini.body(tool(schema)).length()).isLessThan(500_000);
    assertThat(gemini.dropped(tool(schema))).containsExactly("tools.parameters");
  }
}
