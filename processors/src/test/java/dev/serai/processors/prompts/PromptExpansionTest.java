package dev.serai.processors.prompts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWeight;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.chat.ReadChatRequest;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of requests that grow by their prompt. */
class PromptExpansionTest {
  private static final int PLACES = 1_000;
  private static final String VALUE = "[{},{}]\u2014---";
  private static final PromptReference NAMED =
      new PromptReference(
          "p", "", Optional.empty(), OptionalInt.of(1), Map.of("a", VALUE), "prompt.variables");
  private static final byte[] WHOLE = VALUE.repeat(PLACES).getBytes(UTF_8);

  private final CountDownLatch rendered = new CountDownLatch(1);
  private volatile boolean offLoop;
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

  /** A request of one word names the prompt; a prompt replaces the word. */
  private final class Grown extends CallFixtures.Words {
    @Override
    public ChatRequest readRequest(InboundRequest inbound) {
      if (inbound.body().length == 1) {
        throw new NamedPrompt(NAMED);
      }
      return super.readRequest(inbound);
    }

    @Override
    public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
      offLoop = Thread.currentThread().isVirtual();
      rendered.countDown();
      return prompt.messages().getFirst().text().getBytes(UTF_8);
    }
  }

  private static PromptSnapshot prompts() {
    PromptTemplate template =
        new PromptTemplate(
            List.of(new Message(Role.USER, "{{a}}".repeat(PLACES))),
            List.of(),
            new PromptTemplate.Terms(Optional.empty(), DefaultParameters.NONE));
    PromptSnapshot prompts = new PromptSnapshot(_ -> Optional.of(template));
    Prompt prompt =
        new Prompt("i", "public", "p", "", false, 1, new TreeMap<>(), Instant.EPOCH, "");
    prompts.replace(
        List.of(
            new PublishedPrompt(prompt, List.of(new PromptVersion(1, "", "", Instant.EPOCH, "")))));
    return prompts;
  }

  private Exchange read(ByteLimit memory, int maxBodyBytes) throws InterruptedException {
    ReadChatRequest step =
        new ReadChatRequest(
            new Surfaces(new Grown(), List.of()),
            () -> 1,
            _ -> DefaultParameters.NONE,
            new AssignVariant(new ExperimentSnapshot(), _ -> true, () -> true),
            new PromptExpansion(prompts(), _ -> Optional.empty(), memory, maxBodyBytes),
            _ -> loop);
    Exchange exchange = new DefaultExchange(new SimpleCamelContext());
    exchange
        .getMessage()
        .setBody(
            new InboundRequest(
                "POST", "/v1/chat/completions", "", new HeaderFields(), "m".getBytes(UTF_8)));
    CountDownLatch ended = new CountDownLatch(1);
    step.process(exchange, _ -> ended.countDown());
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    return exchange;
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private static long held() {
    return Math.max(4L * WHOLE.length, 2L * WHOLE.length + JsonWeight.of(WHOLE));
  }

  @Test
  void aCallHoldsTheMemoryOfItsRequestWithThePromptUntilItEnds() throws Exception {
    ByteLimit memory = new ByteLimit(10_000_000);
    Exchange exchange = read(memory, 1_000_000);
    assertThat(exchange.getException()).isNull();
    assertThat(offLoop).as("a short request may be long with its prompt").isTrue();
    Call call = Calls.of(exchange);
    assertThat(call.request().model()).hasSize(PLACES * VALUE.length());
    assertThat(memory.taken()).isEqualTo(held()).isGreaterThan(4L * WHOLE.length);
    call.end(Call.Outcome.ANSWERED, Optional.empty());
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aRequestThatIsTooLargeWithItsPromptIsRefusedBeforeItIsMade() throws Exception {
    ByteLimit memory = new ByteLimit(10_000_000);
    refused(413, read(memory, PLACES * VALUE.length()));
    refused(413, read(new ByteLimit(4L * PLACES * VALUE.length()), 1_000_000));
    assertThat(rendered.getCount()).isEqualTo(1);
    refused(413, read(memory, WHOLE.length - 1));
    refused(413, read(new ByteLimit(held() - 1), 1_000_000));
    assertThat(memory.taken()).isZero();
  }

  @Test
  void aRequestForWhichThereIsNoRoomNowIsRefusedUntilThereIs() throws Exception {
    ByteLimit memory = new ByteLimit(held() + 1_000);
    Exchange first = read(memory, 1_000_000);
    assertThat(read(memory, 1_000_000).getException()).isInstanceOf(CapacityProblem.class);
    assertThat(memory.taken()).isEqualTo(held());
    Calls.of(first).end(Call.Outcome.ANSWERED, Optional.empty());
    assertThat(read(memory, 1_000_000).getException()).isNull();
  }

  private static void refused(int status, Exchange exchange) {
    assertThat(exchange.getException())
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(status));
  }
}
