package dev.serai.adapters.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service tier of a call, on which its price depends. */
class ServiceTierTest {
  private static final Dialect CHAT = new OpenAiDialect();
  private static final Asked ASKED = Asked.of(CHAT, "https://acme.test/v1", "m");

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"flex,flex", "priority,priority", "batch,batch", "default,''", "on_demand,''"})
  void theTierOfANonStreamingResponseIsInItsUsage(String said, String tier) {
    byte[] chat =
        bytes(
            "{'id':'1','choices':[{'index':0,'finish_reason':'stop'}],'service_tier':'"
                + said
                + "','usage':{'prompt_tokens':3,'completion_tokens':4}}");
    assertThat(CHAT.readUsage(chat, ASKED.destination()))
        .hasValue(new Usage(3, 4, 0, 0, 0).withTier(tier));
    byte[] response =
        bytes(
            "{'id':'1','status':'completed','output':[],"
                + "'usage':{'input_tokens':3,'output_tokens':4},'service_tier':'"
                + said
                + "'}");
    assertThat(new ResponsesDialect().readUsage(response, ASKED.destination()))
        .hasValue(new Usage(3, 4, 0, 0, 0).withTier(tier));
  }

  /** Some providers report it in every chunk, some only in the first ones. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTierOfAStreamIsInItsUsageWhereverItWasReported(boolean relay) {
    String stream =
        "data: {'id':'1','service_tier':'flex','choices':[{'index':0,'delta':{'content':'a'}}]}\n\n"
            + "data: {'id':'1','service_tier':null,'choices':[{'index':0,'delta':{},"
            + "'finish_reason':'stop'}]}\n\n"
            + "data: {'id':'1','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':4}}\n\n"
            + "data: [DONE]\n\n";
    ChatRequest request = Asked.asking("'stream':true");
    ChatStreamDecoder reader = CHAT.streamReader(request, ASKED.destination(), relay);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(bytes(stream), events::add);
    reader.end(events::add);
    assertThat(events)
        .contains(new ChatEvent.UsageReported(new Usage(3, 4, 0, 0, 0).withTier("flex")));
  }

  @Test
  void aMissingTierIsTheDefaultTier() {
    byte[] chat =
        bytes(
            "{'id':'1','choices':[{'index':0,'finish_reason':'stop'}],"
                + "'usage':{'prompt_tokens':3,'completion_tokens':4}}");
    assertThat(CHAT.readUsage(chat, ASKED.destination())).hasValue(new Usage(3, 4, 0, 0, 0));
  }
}
