package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.gateway.Gateway;
import dev.serai.gateway.wiring.Wiring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * To understand a chat call one reads few files, and the page about the architecture lists them.
 */
class ReadingListTest {
  private static final int FILES = 12;
  private static final Path PAGE = House.ROOT.resolve("docs/architecture.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| \\[[^]]+]\\(\\.\\./([^)]+)\\) \\| ([^|]+?) \\|");

  private final ReadingList list = ReadingList.of("chat-completions", "openai");

  @Test
  void aChatCallPassesTwelveFilesWithTheDefaultSettings() {
    assertThat(list.files()).hasSize(FILES);
  }

  @Test
  void thePageListsWhatTheRoutesName() {
    List<String> rows = new ArrayList<>();
    ROW.matcher(House.read(PAGE))
        .results()
        .forEach(row -> rows.add(row.group(1) + ": " + row.group(2)));
    assertThat(rows).containsExactlyElementsOf(list.rows());
  }

  @Test
  void aStepThatIsNotConfiguredDoesNothing(@TempDir Path folder) throws Exception {
    Map<String, String> environment =
        Map.of("SERVER_PORT", "0", "LOG_FILE", folder.resolve("serai.log").toString());
    try (Wiring wiring =
            Wiring.open(
                Gateway.settings(environment, folder),
                environment,
                TimeAndRandomness.system(),
                House.ROOT);
        DefaultCamelContext camel = new DefaultCamelContext()) {
      Map<String, Object> beans = wiring.beans();
      Exchange exchange = call(camel, beans);
      assertThat(list.optional()).hasSize(16);
      for (Object body : bodies(exchange)) {
        exchange.getMessage().setBody(body);
        for (String step : list.optional()) {
          doesNothing(step, beans, exchange);
        }
      }
    }
  }

  private static void doesNothing(String step, Map<String, Object> beans, Exchange exchange) {
    String before = state(exchange);
    assertThat(async(beans.get(step)).process(exchange, _ -> {}))
        .as(step + " is done at once")
        .isTrue();
    assertThat(state(exchange)).as("after " + step).isEqualTo(before);
  }

  /** What the message carries at the stages of a call: a step may look at one of them only. */
  private static List<Object> bodies(Exchange exchange) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return List.of(
        exchange.getMessage().getBody(),
        new ChatReply.Relayed(body, Optional.empty()),
        new Reply.Complete(200, Headers.NONE, body));
  }

  private static Exchange call(DefaultCamelContext camel, Map<String, Object> beans)
      throws Exception {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(ExchangeProperties.PATH, "/v1/chat/completions");
    byte[] body =
        "{\"model\":\"openai/gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    exchange
        .getMessage()
        .setBody(new InboundRequest("POST", "/v1/chat/completions", "", Headers.NONE, body));
    async(beans.get("read-chat-request")).process(exchange);
    return exchange;
  }

  private static AsyncProcessor async(Object step) {
    return AsyncProcessorConverterHelper.convert((Processor) step);
  }

  private static String state(Exchange exchange) {
    Call call = exchange.getProperty(ExchangeProperties.CALL, Call.class);
    return String.join(
        ", ",
        String.valueOf(exchange.getException()),
        String.valueOf(System.identityHashCode(exchange.getMessage().getBody())),
        new TreeSet<>(exchange.getProperties().keySet()).toString(),
        call.attempts().toString(),
        call.outputGuards().toString(),
        call.placeholders().toString(),
        call.outcome().toString());
  }
}
