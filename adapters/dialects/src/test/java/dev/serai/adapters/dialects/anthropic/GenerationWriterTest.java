package dev.serai.adapters.dialects.anthropic;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static dev.serai.adapters.dialects.translation.Asked.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;

class GenerationWriterTest {
  private static final String TOOLS =
      "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':'required'";

  private final Asked budgeted = model("claude-sonnet-4-5");
  private final Asked adaptive = model("claude-opus-4-6");
  private final Asked newest = model("claude-opus-4-7");

  private static Asked model(String name, String... quirks) {
    return Asked.of(new AnthropicDialect(), "https://api.anthropic.com", name, quirks);
  }

  @Test
  void anEffortBecomesABudgetBelowTheLimit() {
    assertThat(budgeted.member("thinking", asking("'reasoning_effort':'high'")))
        .isEqualTo("{'type':'enabled','budget_tokens':16384}");
    assertThat(budgeted.member("thinking", asking("'reasoning_effort':'high','max_tokens':4000")))
        .isEqualTo("{'type':'enabled','budget_tokens':3000}");
    assertThat(budgeted.member("thinking", asking("'reasoning_effort':'low','max_tokens':1030")))
        .isEqualTo("{'type':'enabled','budget_tokens':1024}");
  }

  @Test
  void aLimitWithoutRoomForTheLeastBudgetIsAnsweredWithoutThinking() {
    ChatRequest request = asking("'reasoning_effort':'low','max_tokens':1024");
    assertThat(budgeted.member("thinking", request)).isEmpty();
    assertThat(budgeted.dropped(request)).containsExactly("reasoning_effort");
  }

  @Test
  void aForcedToolIsCalledWithoutThinking() {
    ChatRequest request = asking("'reasoning_effort':'low'," + TOOLS);
    assertThat(budgeted.member("thinking", request)).isEmpty();
    assertThat(budgeted.dropped(request)).containsExactly("reasoning_effort");
    assertThat(adaptive.member("thinking", request)).isEmpty();
    assertThat(adaptive.member("output_config", request)).isEqualTo("{'effort':'low'}");
    assertThat(adaptive.dropped(request)).containsExactly("reasoning_effort");
  }

  /** "Migrating to Claude Opus 5" (platform.claude.com/docs): above high it replies 400. */
  @Test
  void whereThinkingIsDisabledTheEffortIsAtMostHigh() {
    Asked opus = model("claude-opus-5");
    for (String effort : new String[] {"xhigh", "max"}) {
      ChatRequest request = asking("'reasoning_effort':'" + effort + "'," + TOOLS);
      assertThat(opus.member("thinking", request)).isEqualTo("{'type':'disabled'}");
      assertThat(opus.member("output_config", request)).isEqualTo("{'effort':'high'}");
      assertThat(opus.dropped(request)).containsExactly("reasoning_effort");
      assertThat(opus.member("output_config", asking("'reasoning_effort':'" + effort + "'")))
          .isEqualTo("{'effort':'" + effort + "'}");
    }
  }

  /** "What's new in Claude Opus 5.5" (platform.claude.com/docs): both reply 400. */
  @Test
  void modelsThatAlwaysThinkAreNotForcedToCallATool() {
    for (String name : new String[] {"claude-opus-5-5", "claude-fable-5-1", "claude-mythos-5-1"}) {
      Asked asked = model(name);
      assertThat(asked.member("thinking", asking("'reasoning_effort':'none'"))).isEmpty();
      assertThat(asked.dropped(asking("'reasoning_effort':'none'")))
          .containsExactly("reasoning_effort");
      ChatRequest request = asking("'reasoning_effort':'max'," + TOOLS);
      assertThat(asked.member("tool_choice", request)).isEqualTo("{'type':'auto'}");
      assertThat(asked.member("output_config", request)).isEqualTo("{'effort':'max'}");
      assertThat(asked.member("thinking", request)).contains("adaptive");
      assertThat(asked.dropped(request)).containsExactly("tool_choice");
    }
    for (String name : new String[] {"claude-opus-5", "claude-fable-5", "claude-haiku-5-5"}) {
      assertThat(model(name).member("tool_choice", asking(TOOLS))).isEqualTo("{'type':'any'}");
    }
  }

  /** "What's new in Claude Sonnet 5.5" (platform.claude.com/docs). */
  @Test
  void theThinkingOfSonnetIsDisabledByATypeOfItsOwn() {
    Asked sonnet = model("claude-sonnet-5-5");
    ChatRequest request = asking("'reasoning_effort':'none'");
    assertThat(sonnet.member("thinking", request)).isEqualTo("{'type':'between_tools'}");
    assertThat(sonnet.dropped(request)).isEmpty();
    assertThat(sonnet.member("tool_choice", asking(TOOLS))).isEqualTo("{'type':'auto'}");
    assertThat(model("claude-haiku-5-5").member("thinking", request))
        .isEqualTo("{'type':'disabled'}");
  }

  @Test
  void anOutputThatNeedsAToolIsAskedForInWordsWhereToolsCannotBeForced() {
    ChatRequest request =
        asking(
            "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{"
                + "'type':'object','properties':{'next':{'$ref':'#'}}}}}");
    Asked opus = model("claude-opus-5-5");
    assertThat(opus.member("tool_choice", request)).isEqualTo("{'type':'auto'}");
    assertThat(opus.member("tools", request)).contains("serai_answer");
    assertThat(opus.member("system", request)).contains("by calling the tool serai_answer");
    assertThat(opus.dropped(request)).containsExactly("response_format.json_schema");
    assertThat(model("claude-opus-5").member("tool_choice", request))
        .isEqualTo("{'type':'tool','name':'serai_answer'}");
  }

  @Test
  void aTurnOfToolsGoesOnWithoutABudgetSinceItsThinkingIsNotSigned() {
    ChatRequest request =
        saying(
            "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'a',"
                + "'type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'a','content':'1'}",
            "'reasoning_effort':'low'");
    assertThat(budgeted.member("thinking", request)).isEmpty();
    assertThat(budgeted.dropped(request)).containsExactly("reasoning_effort");
    assertThat(adaptive.member("thinking", request))
        .isEqualTo("{'type':'adaptive','display':'summarized'}");
  }

  @Test
  void newerModelsTakeTheEffortItself() {
    ChatRequest request = asking("'reasoning_effort':'xhigh'");
    assertThat(newest.member("thinking", request))
        .isEqualTo("{'type':'adaptive','display':'summarized'}");
    assertThat(newest.member("output_config", request)).isEqualTo("{'effort':'xhigh'}");
    assertThat(newest.dropped(request)).isEmpty();
    assertThat(adaptive.member("output_config", request)).isEqualTo("{'effort':'high'}");
    assertThat(adaptive.dropped(request)).containsExactly("reasoning_effort");
    assertThat(newest.member("output_config", asking("'reasoning_effort':'minimal'")))
        .isEqualTo("{'effort':'low'}");
  }

  @Test
  void noEffortMeansNoThinking() {
    ChatRequest request = asking("'reasoning_effort':'none'");
    assertThat(newest.member("thinking", request)).isEmpty();
    assertThat(model("claude-sonnet-5").member("thinking", request))
        .isEqualTo("{'type':'disabled'}");
    assertThat(model("claude-fable-5").member("thinking", request)).isEmpty();
    assertThat(model("claude-fable-5").dropped(request)).containsExactly("reasoning_effort");
    assertThat(newest.member("thinking", asking(""))).isEmpty();
  }

  @Test
  void aModelThatCannotThinkIsNotAskedTo() {
    ChatRequest request = asking("'reasoning_effort':'low'");
    for (Asked asked :
        new Asked[] {model("claude-3-5-haiku-20241022"), model("x", "no-thinking")}) {
      assertThat(asked.member("thinking", request)).isEmpty();
      assertThat(asked.dropped(request)).containsExactly("reasoning_effort");
    }
  }

  @Test
  void aTemperatureIsBroughtBetweenZeroAndOne() {
    assertThat(budgeted.member("temperature", asking("'temperature':1.7"))).isEqualTo("1");
    assertThat(budgeted.dropped(asking("'temperature':1.7"))).containsExactly("temperature");
    assertThat(budgeted.member("temperature", asking("'temperature':0"))).isEqualTo("0");
  }

  @Test
  void whileThinkingTheTemperatureStaysAlone() {
    ChatRequest request = asking("'reasoning_effort':'low','temperature':0.2,'top_p':0.5");
    assertThat(budgeted.member("temperature", request)).isEmpty();
    assertThat(budgeted.member("top_p", request)).isEmpty();
    assertThat(budgeted.dropped(request)).containsExactly("temperature", "top_p");
    assertThat(budgeted.member("top_p", asking("'reasoning_effort':'low','top_p':0.97")))
        .isEqualTo("0.97");
  }

  @Test
  void modelsThatTakeOnlyOneKindOfSamplingGetTheTemperature() {
    ChatRequest request = asking("'temperature':0.2,'top_p':0.5");
    assertThat(budgeted.member("temperature", request)).isEqualTo("0.2");
    assertThat(budgeted.member("top_p", request)).isEmpty();
    assertThat(budgeted.dropped(request)).containsExactly("top_p");
    assertThat(model("claude-3-haiku-20240307").member("top_p", request)).isEqualTo("0.5");
    assertThat(newest.member("temperature", request)).isEmpty();
    assertThat(newest.dropped(request)).containsExactly("temperature", "top_p");
    assertThat(newest.dropped(asking("'temperature':1,'top_p':1"))).isEmpty();
  }

  @Test
  void aSchemaConstrainsTheResponseOfModelsThatKnowIt() {
    String format =
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
            + "{'type':'object','properties':{'age':{'type':'integer','minimum':1},"
            + "'minimum':{'type':'object','properties':{}}}}}}";
    ChatRequest request = asking(format);
    assertThat(budgeted.member("output_config", request))
        .isEqualTo(
            "{'format':{'type':'json_schema','schema':{'type':'object','properties':"
                + "{'age':{'type':'integer'},'minimum':{'type':'object','properties':{},"
                + "'additionalProperties':false}},'additionalProperties':false}}}");
    assertThat(budgeted.dropped(request)).containsExactly("response_format.json_schema");

    Asked older = model("claude-3-5-sonnet-20241022");
    assertThat(older.member("output_config", request)).isEmpty();
    assertThat(older.member("tools", request)).contains("'name':'serai_answer'", "'minimum':1");
    assertThat(older.member("tool_choice", request))
        .isEqualTo("{'type':'tool','name':'serai_answer'}");
    assertThat(older.dropped(request)).isEmpty();
  }

  @Test
  void effortAndFormatShareOnePlace() {
    assertThat(
            newest.member(
                "output_config",
                asking(
                    "'reasoning_effort':'low','response_format':{'type':'json_schema',"
                        + "'json_schema':{'name':'n','schema':{'type':'object',"
                        + "'additionalProperties':false,'properties':{}}}}")))
        .isEqualTo(
            "{'effort':'low','format':{'type':'json_schema','schema':{'type':'object',"
                + "'properties':{},'additionalProperties':false}}}");
  }

  @Test
  void anyJsonObjectIsAskedForInWords() {
    ChatRequest request = asking("'response_format':{'type':'json_object'}");
    assertThat(budgeted.member("system", request)).contains("one JSON object and nothing else");
    assertThat(budgeted.dropped(request)).containsExactly("response_format.json_object");
  }

  @Test
  void strictToolsStayStrictWhereTheyCan() {
    ChatRequest request =
        asking(
            "'tools':[{'type':'function','function':{'name':'f','strict':true,"
                + "'parameters':{'type':'object','properties':{}}}}]");
    assertThat(budgeted.member("tools", request))
        .isEqualTo(
            "[{'name':'f','input_schema':{'type':'object','properties':{},"
                + "'additionalProperties':false},'strict':true}]");
    assertThat(model("claude-sonnet-4-0").dropped(request)).containsExactly("tools.strict");
  }

  @Test
  void blankStopSequencesAreLeftOut() {
    ChatRequest request = asking("'stop':['\\n','END']");
    assertThat(budgeted.member("stop_sequences", request)).isEqualTo("['END']");
    assertThat(budgeted.dropped(request)).containsExactly("stop");
  }
}
