package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients receive only finish reasons of their surface's list, whatever the provider's word is. */
class FinishWordsTest {
  private static final List<String> REASONS =
      List.of(
          "stop",
          "length",
          "content_filter",
          "eos",
          "model_length",
          "error",
          "abort",
          "CONTEXT_FULL",
          "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "LANGUAGE",
          "NO_IMAGE",
          "FINISH_REASON_UNSPECIFIED",
          "STOP",
          "MAX_TOKENS",
          "OTHER",
          "end_turn",
          "stop_sequence",
          "max_tokens",
          "max_output_tokens",
          "refusal",
          "pause_turn",
          "model_context_window_exceeded",
          "guardrail_intervened",
          "content_filtered",
          "malformed_model_output",
          "malformed_tool_use",
          "insufficient_system_resource",
          "network_error",
          "sensitive",
          "unload",
          "load",
          "cosmic_ray");

  private static final Pattern WORD =
      Pattern.compile(
          "\"(?:finish_reason|stop_reason|finishReason|done_reason|reason)\":\"([^\"]*)\"");

  /** What each surface documents, in the order of {@link Client}. */
  private static Set<String> list(Client client) {
    return switch (client) {
      case OPENAI -> Set.of("stop", "length", "tool_calls", "content_filter", "function_call");
      case RESPONSES -> Set.of("max_output_tokens", "content_filter");
      case ANTHROPIC ->
          Set.of(
              "end_turn",
              "max_tokens",
              "stop_sequence",
              "tool_use",
              "pause_turn",
              "refusal",
              "model_context_window_exceeded");
      case GEMINI -> Set.of("STOP", "MAX_TOKENS", "SAFETY", "OTHER");
      case OLLAMA -> Set.of("stop", "length");
    };
  }

  private static byte[] whole(String dialect, String reason) {
    String usage = "'usage':{'inputTokens':1,'outputTokens':1}";
    return Pair.bytes(
        switch (dialect) {
          case "openai" ->
              "{'id':'c','model':'m','choices':[{'index':0,'message':{'content':'a'},"
                  + "'finish_reason':'"
                  + reason
                  + "'}]}";
          case "responses" ->
              "{'id':'r','object':'response','model':'m','status':'incomplete',"
                  + "'incomplete_details':{'reason':'"
                  + reason
                  + "'},'output':[{'type':'message','id':'i','role':'assistant','content':"
                  + "[{'type':'output_text','text':'a','annotations':[]}]}]}";
          case "anthropic" ->
              "{'id':'m','type':'message','role':'assistant','model':'m','content':"
                  + "[{'type':'text','text':'a'}],'stop_reason':'"
                  + reason
                  + "','usage':{'input_tokens':1,'output_tokens':1}}";
          case "bedrock" ->
              "{'output':{'message':{'role':'assistant','content':[{'text':'a'}]}},'stopReason':'"
                  + reason
                  + "',"
                  + usage
                  + "}";
          case "gemini" ->
              "{'candidates':[{'index':0,'content':{'role':'model','parts':[{'text':'a'}]},"
                  + "'finishReason':'"
                  + reason
                  + "'}]}";
          default ->
              "{'model':'m','message':{'role':'assistant','content':'a'},'done':true,"
                  + "'done_reason':'"
                  + reason
                  + "'}";
        });
  }

  private static byte[] stream(String dialect, String reason) {
    return switch (dialect) {
      case "openai" ->
          Pair.bytes(
              "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'a'},"
                  + "'finish_reason':'"
                  + reason
                  + "'}]}\n\ndata: [DONE]\n\n");
      case "responses" ->
          Pair.bytes(
              "data: {'type':'response.incomplete','response':"
                  + new String(whole(dialect, reason), StandardCharsets.UTF_8)
                  + "}\n\n");
      case "anthropic" ->
          Pair.bytes(
              "data: {'type':'message_start','message':{'id':'m','model':'m','content':[]}}\n\n"
                  + "data: {'type':'content_block_start','index':0,'content_block':{'type':'text',"
                  + "'text':'a'}}\n\ndata: {'type':'content_block_stop','index':0}\n\n"
                  + "data: {'type':'message_delta','delta':{'stop_reason':'"
                  + reason
                  + "'},'usage':{'output_tokens':1}}\n\ndata: {'type':'message_stop'}\n\n");
      case "bedrock" ->
          EventStreamMaker.of(
              ("event messageStart {'role':'assistant'}\n"
                      + "event contentBlockDelta {'contentBlockIndex':0,'delta':{'text':'a'}}\n"
                      + "event contentBlockStop {'contentBlockIndex':0}\n"
                      + "event messageStop {'stopReason':'"
                      + reason
                      + "'}\nevent metadata {'usage':{'inputTokens':1,'outputTokens':1}}\n")
                  .replace('\'', '"'));
      case "gemini" ->
          Pair.bytes(
              "data: " + new String(whole(dialect, reason), StandardCharsets.UTF_8) + "\n\n");
      default -> Pair.bytes(new String(whole(dialect, reason), StandardCharsets.UTF_8) + "\n");
    };
  }

  private static Stream<Pair> translated() {
    return Pair.all().filter(pair -> !pair.same());
  }

  private static List<String> words(byte[] told) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(new String(told, StandardCharsets.UTF_8));
    while (found.find()) {
      words.add(found.group(1));
    }
    return words;
  }

  private static void check(Pair pair, String reason, byte[] told) {
    List<String> words = words(told);
    String text = pair.name() + " " + reason + ": " + new String(told, StandardCharsets.UTF_8);
    assertThat(list(pair.client())).as(text).containsAll(words);
    boolean isResponses = pair.client() == Client.RESPONSES;
    if (isResponses) {
      assertThat(text).containsPattern("\"status\":\"(completed|incomplete)\"");
    } else {
      assertThat(words).as(text).hasSize(1);
    }
    Kind kind = FinishReason.of(reason).kind();
    boolean said = kind == Kind.STOP || kind == Kind.REFUSAL;
    if (!said) {
      assertThat(words).as(text).isNotEmpty().doesNotContain("stop", "end_turn", "STOP");
    }
    if (kind == Kind.CONTEXT_FULL) {
      String full =
          pair.client()
              .say(
                  "length",
                  "max_output_tokens",
                  "model_context_window_exceeded",
                  "MAX_TOKENS",
                  "length");
      assertThat(words).as(text).contains(full);
    }
  }

  @TestFactory
  Stream<DynamicTest> aWholeResponseHasAReasonOfTheSurfacesList() {
    return Pair.each(
        translated(),
        pair -> {
          ChatRequest request = pair.client().hello(false);
          pair.write(request);
          for (String reason : REASONS) {
            byte[] reply = whole(pair.dialect().name(), reason);
            check(pair, reason, pair.answered(request, reply, pair.target()));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aStreamHasAReasonOfTheSurfacesList() {
    return Pair.each(
        translated(),
        pair -> {
          for (String reason : REASONS) {
            byte[] wire = stream(pair.dialect().name(), reason);
            check(pair, reason, pair.told(Recordings.asking(pair), List.of(wire)));
          }
        });
  }

  @Test
  void theProvidersWordIsStillKnownToClientsOfOpenAi() {
    Pair pair =
        translated()
            .filter(
                each -> each.client() == Client.OPENAI && each.dialect().name().equals("gemini"))
            .findFirst()
            .orElseThrow();
    ChatRequest request = pair.client().hello(false);
    byte[] reply = whole("gemini", "MALFORMED_FUNCTION_CALL");
    byte[] told = pair.answered(request, reply, pair.target());
    assertThat(new String(told, StandardCharsets.UTF_8))
        .contains(
            "\"finish_reason\":\"length\",\"native_finish_reason\":\"MALFORMED_FUNCTION_CALL\"");
  }
}
